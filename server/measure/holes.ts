/**
 * Cuts holes from source files where a person would have typed: the same files, number and seed give the same holes on every machine.
 * Files take turns, and so do the kinds within a language; a larger number of holes begins with the smaller number's.
 */
import type { HoleKind, SourceFile } from '../measureProtocol';
import { cutBlock, cutInsideLine, cutRestOfLine, cutStatement, type Span } from './cutters';
import { type Line, linesOf } from './lines';
import { type Random, seeded, shuffled } from './random';

export interface Hole {
  readonly file: SourceFile;
  readonly kind: HoleKind;
  /** Offset of the cursor in the file. */
  readonly start: number;
  /** What was cut: the file from `start` on. */
  readonly truth: string;
  /** Brackets and quotes that an editor has closed by itself right of the cursor; the truth has them too. */
  readonly closers: string;
}

export const holeKinds: readonly HoleKind[] = ['restOfLine', 'statement', 'block', 'insideLine'];

type Cutter = (lines: readonly Line[], at: number, random: Random) => Span | undefined;
const CUTTERS: Readonly<Record<HoleKind, Cutter>> = {
  restOfLine: cutRestOfLine,
  statement: cutStatement,
  block: cutBlock,
  insideLine: cutInsideLine,
};
/** Longer files are left out: most are generated, in characters. */
const LONGEST_FILE = 100_000;

/** At most `count` holes, fewer where the files have no more; each is cut when it is asked for. */
export function* cutHoles(files: readonly SourceFile[], count: number, seed: number): Generator<Hole, void, void> {
  const random = seeded(seed);
  let left = inTurns(files.filter(isWritten), random).map((file) => ({ file, cut: quarry(file, random) }));
  const nextKind = new Map<string, number>();
  let made = 0;
  while (left.length > 0) {
    const notEmpty: typeof left = [];
    for (const each of left) {
      if (made >= count) return;
      const { languageId } = each.file;
      const hole = each.cut(nextKind.get(languageId) ?? nextKind.size);
      if (hole === undefined) continue;
      notEmpty.push(each);
      nextKind.set(languageId, holeKinds.indexOf(hole.kind) + 1);
      made++;
      yield hole;
    }
    left = notEmpty;
  }
}

/** Shuffled, and mixed so that a language with few files still gets its turns: by the square root of their number. */
function inTurns(files: readonly SourceFile[], random: Random): SourceFile[] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const count = new Map<string, number>();
  for (const { languageId } of sorted) count.set(languageId, (count.get(languageId) ?? 0) + 1);
  const seen = new Map<string, number>();
  const keyed = shuffled(random, sorted).map((file) => {
    const rank = seen.get(file.languageId) ?? 0;
    seen.set(file.languageId, rank + 1);
    return { file, key: (rank + random()) / Math.sqrt(count.get(file.languageId) ?? 1) };
  });
  return keyed.toSorted((a, b) => a.key - b.key).map(({ file }) => file);
}

/** The text that the editor has while the cursor stands in the hole. */
export function textWithHole({ file, start, truth, closers }: Hole): string {
  return file.text.slice(0, start) + closers + file.text.slice(start + truth.length);
}

/** Cuts one hole of a file after the other: of the wished kind, else of the next that the file still has. */
function quarry(file: SourceFile, random: Random): (kind: number) => Hole | undefined {
  let known: Line[] | undefined;
  const stock = new Map<HoleKind, number[]>();
  return (wished) => {
    known ??= linesOf(file.text, file.languageId);
    const lines = known;
    for (let turn = 0; turn < holeKinds.length; turn++) {
      const kind = holeKinds[(wished + turn) % holeKinds.length] ?? 'restOfLine';
      const untried = stock.get(kind) ?? shuffled(random, usable(lines));
      stock.set(kind, untried);
      for (let at = untried.pop(); at !== undefined; at = untried.pop()) {
        const span = tried(() => CUTTERS[kind](lines, at, random));
        if (span === undefined) continue;
        const { start, end, closers = '' } = span;
        return { file, kind, start, truth: file.text.slice(start, end), closers };
      }
    }
    return undefined;
  };
}

/** The first of a few tries: a cutter throws the dice for the columns. */
function tried(cut: () => Span | undefined): Span | undefined {
  for (let tries = 0; tries < 4; tries++) {
    const span = cut();
    if (span !== undefined) return span;
  }
  return undefined;
}

function usable(lines: readonly Line[]): number[] {
  return lines.flatMap(({ kind }, at) => (kind === 'code' ? [at] : []));
}

function isWritten({ text }: SourceFile): boolean {
  return text.length <= LONGEST_FILE && !text.includes('\0') && !/@generated|DO NOT EDIT/.test(text.slice(0, 1_000));
}
