/**
 * Where a block of code from a chat belongs in a file, without a model: between lines that stand once in the file; else so but for white space; else
 * in the place of the one definition of the same name. It answers a place or why there is none, and never guesses. What the block leaves out
 * ("existing code") stays in the file.
 */
import { isElision } from './elisions';
import { isTelling } from './lineDiff';
import { commonIndentation } from './reindent';
import type { LineRange } from './tracking';

/** A definition and its lines, as a parser of the language found it. */
export interface NamedRange extends LineRange {
  readonly name: string;
}

export interface Block {
  readonly lines: readonly string[];
  /** The definitions in the block, the outer ones at least. */
  readonly names: readonly NamedRange[];
}

/** None: nothing in the file is like it. Several: it could be at more than one place. Unlike: what it would replace has little to do with it. Same: the file has it as it is. */
export type Misplaced = 'none' | 'several' | 'unlike' | 'same';

export type Placed =
  | {
      readonly kind: 'placed';
      readonly by: 'exact' | 'whitespace' | 'syntax';
      readonly range: LineRange;
      /** What stands in the range then, at its indentation. */
      readonly lines: readonly string[];
    }
  | { readonly kind: 'misplaced'; readonly why: Misplaced };

/** Stands for lines that are left out; no line of a file is so. */
const ELIDED = '\n';

type Equal = (line: string, other: string) => boolean;

const exact: Equal = (line, other) => line === other;
const tolerant: Equal = (line, other) => line.trim().replace(/\s+/g, ' ') === other.trim().replace(/\s+/g, ' ');

/** The place of a block in a file of these lines, where `names` are the file's definitions. */
export function placeBlock(file: readonly string[], names: readonly NamedRange[], block: Block): Placed {
  const own = new Set(file.map((line) => line.trim()));
  /** A line that the file has itself stands for nothing else. */
  const lines = trimmed(block.lines).map((line) => (isElision(line) && !own.has(line.trim()) ? ELIDED : line));
  if (!lines.some((line) => line !== ELIDED && isTelling(line))) return misplaced('none');
  const whole = { first: 0, count: file.length };
  const byLines = placeIn(file, whole, lines, exact, 'exact');
  if (byLines.kind === 'placed' || byLines.why === 'same') return byLines;
  const byWords = placeIn(file, whole, lines, tolerant, 'whitespace');
  if (byWords.kind === 'placed' || byWords.why === 'same') return byWords;
  const definition = definitionOf(names, block);
  if (typeof definition === 'object') return placeIn(file, definition, lines, tolerant, 'syntax');
  return misplaced(definition === 'several' || byWords.why === 'none' ? definition : byWords.why);
}

/** The file's one definition of the block's one outer name, where that is all of the block but for comments and what it leaves out. */
function definitionOf(names: readonly NamedRange[], { lines, names: own }: Block): NamedRange | 'none' | 'several' {
  const contains = (range: LineRange, line: number): boolean => line >= range.first && line < range.first + range.count;
  const outer = own.filter(
    (range) => !own.some((other) => other !== range && other.count > range.count && contains(other, range.first)),
  );
  const [only, second] = outer;
  if (only === undefined) return 'none';
  const isAll = lines.every((line, index) => contains(only, index) || line.trim() === '' || isElision(line));
  if (second !== undefined || !isAll) return 'none';
  const same = names.filter(({ name }) => name === only.name);
  return same.length > 1 ? 'several' : (same[0] ?? 'none');
}

function placeIn(
  file: readonly string[],
  within: LineRange,
  lines: readonly string[],
  equal: Equal,
  by: 'exact' | 'whitespace' | 'syntax',
): Placed {
  const segments = segmentsOf(lines);
  const last = within.first + within.count - 1;
  const found: { range: LineRange; lines: readonly string[] }[] = [];
  let from = within.first;
  for (const [index, segment] of segments.entries()) {
    const isPinned = by === 'syntax';
    const start = isPinned && index === 0 && lines[0] !== ELIDED ? from : headOf(file, from, last, segment, equal);
    if (typeof start === 'string') return misplaced(start);
    const isLast = isPinned && index === segments.length - 1 && lines.at(-1) !== ELIDED;
    const end = isLast ? last : tailOf(file, start, last, segment, equal);
    if (typeof end === 'string') return misplaced(end);
    const range = { first: start, count: end - start + 1 };
    const fitted = fittedTo(segment, file.slice(start, end + 1), equal);
    const isWhole = isPinned && segments.length === 1;
    if (!isWhole && isUnlike(file.slice(start, end + 1), segment, equal)) return misplaced('unlike');
    if (!isPinned && !segment.some(isTelling)) return misplaced('unlike');
    found.push({ range, lines: fitted });
    from = end + 1;
  }
  return together(file, found, by);
}

/** The parts as one: what stands between them in the file stays. */
function together(
  file: readonly string[],
  parts: readonly { range: LineRange; lines: readonly string[] }[],
  by: 'exact' | 'whitespace' | 'syntax',
): Placed {
  const [first, last] = [parts[0]?.range, parts.at(-1)?.range];
  if (first === undefined || last === undefined) return misplaced('none');
  const lines = parts.flatMap((part, index) => {
    const next = parts[index + 1]?.range.first ?? part.range.first + part.range.count;
    return [...part.lines, ...file.slice(part.range.first + part.range.count, next)];
  });
  const range = { first: first.first, count: last.first + last.count - first.first };
  const isSame = lines.length === range.count && lines.every((line, index) => line === file[range.first + index]);
  return isSame ? misplaced('same') : { kind: 'placed', by, range, lines };
}

/** Where a part begins: the only place of its first line, or of as many of its first lines as it takes to tell. */
function headOf(
  file: readonly string[],
  from: number,
  last: number,
  part: readonly string[],
  equal: Equal,
): number | Misplaced {
  let places = indexes(from, last).filter((index) => equal(file[index] ?? '', part[0] ?? ''));
  for (let length = 1; places.length > 1 && length < part.length; length++)
    places = places.filter((index) => index + length <= last && equal(file[index + length] ?? '', part[length] ?? ''));
  return single(places, file, from, last, part[0], equal);
}

/** Where a part ends, at or after its start, told from its last lines upwards. */
function tailOf(
  file: readonly string[],
  from: number,
  last: number,
  part: readonly string[],
  equal: Equal,
): number | Misplaced {
  let places = indexes(from, last).filter((index) => equal(file[index] ?? '', part.at(-1) ?? ''));
  for (let length = 1; places.length > 1 && length < part.length; length++)
    places = places.filter(
      (index) => index - length >= from && equal(file[index - length] ?? '', part.at(-1 - length) ?? ''),
    );
  return single(places, file, from, last, part.at(-1), equal);
}

function single(
  places: readonly number[],
  file: readonly string[],
  from: number,
  last: number,
  line: string | undefined,
  equal: Equal,
): number | Misplaced {
  const [place, other] = places;
  if (place !== undefined && other === undefined) return place;
  return indexes(from, last).some((index) => equal(file[index] ?? '', line ?? '')) ? 'several' : 'none';
}

/** Whether a part would take out more of the file's telling lines than it keeps. */
function isUnlike(old: readonly string[], part: readonly string[], equal: Equal): boolean {
  const telling = old.filter(isTelling);
  const kept = telling.filter((line) => part.some((other) => equal(line, other)));
  return kept.length * 2 < telling.length;
}

/** The part at the indentation of what it replaces; lines that are the file's but for white space as they are in the file. */
function fittedTo(part: readonly string[], old: readonly string[], equal: Equal): string[] {
  const anchor = part.findIndex(
    (line) => line === ELIDED || (line.trim() !== '' && old.some((other) => equal(line, other))),
  );
  const like = old.find((other) => equal(other, part[anchor] ?? ''));
  const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
  const [from, to] =
    anchor < 0 || like === undefined
      ? [commonIndentation(part), commonIndentation(old)]
      : [indentationOf(part[anchor] ?? ''), indentationOf(like)];
  return part.map((line) => {
    if (line.trim() === '' || from === to) return line;
    if (to.endsWith(from)) return to.slice(0, to.length - from.length) + line;
    const more = from.slice(0, from.length - to.length);
    return from.endsWith(to) && line.startsWith(more)
      ? line.slice(more.length)
      : line.startsWith(from)
        ? to + line.slice(from.length)
        : line;
  });
}

/** The runs of lines between what is left out. */
function segmentsOf(lines: readonly string[]): string[][] {
  const segments: string[][] = [[]];
  for (const line of lines) {
    if (line === ELIDED) segments.push([]);
    else segments.at(-1)?.push(line);
  }
  return segments.map((segment) => [...trimmed(segment)]).filter((segment) => segment.length > 0);
}

/** Without the empty lines at both ends. */
function trimmed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line === ELIDED || line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line === ELIDED || line.trim() !== '') + 1);
}

function indexes(from: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - from + 1) }, (_, index) => from + index);
}

function misplaced(why: Misplaced): Placed {
  return { kind: 'misplaced', why };
}
