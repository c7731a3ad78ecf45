/** What can be said of an edit while its new lines still come in. What was said stays so: a finished hunk never changes. */
import { commonLines, type Match } from './commonLines';
import { type Hunk, hunksAround, isTelling, lineDiff } from './lineDiff';

/** A hunk is finished when so many lines that stay follow it, one of which says something by itself. */
const SURE_LINES = 3;
/** Lines that stay are compared again so far back, so that the next hunk can slide over them. */
const SLIDE_LINES = 50;
/** The new lines may have skipped so many old ones, besides twice as many as have come. */
const SKIPPED_LINES = 50;
/** So many lines must be as they were since the last hunk before the edit counts as done … */
const REJOINED_LINES = 10;
/** … and so many times as many as ever stayed between two hunks. */
const REJOINED_TIMES = 4;

/** Compares the new lines with the old ones as they come. */
export class StreamingDiff {
  readonly #new: string[] = [];
  readonly #finished: Hunk[] = [];
  /** What stands before these indexes is settled. */
  #settledOld = 0;
  #settledNew = 0;
  /** The lines in common behind the settled ones, as indexes of the whole lists. */
  #common: readonly Match[] = [];

  constructor(private readonly old: readonly string[]) {}

  /** The new lines so far. */
  get lines(): readonly string[] {
    return this.#new;
  }

  /** Hunks that the lines to come cannot change. */
  get finished(): readonly Hunk[] {
    return this.#finished;
  }

  /**
   * The hunk that is being written. What it removes is not known yet: the rest of the old lines counts as unchanged until it is reached.
   * Lines at the end that are as they were are left out, for they may be what follows the hunk.
   */
  get growing(): Hunk | undefined {
    const same = this.#same;
    const newStart = this.#settledNew + same;
    const end = this.#common.at(-1)?.new === this.#new.length - 1 ? lastRun(this.#common)[0]?.new : undefined;
    const added = this.#new.slice(newStart, end);
    return added.length === 0 ? undefined : { oldStart: this.#settledOld + same, newStart, removed: [], added };
  }

  /** Takes lines that have come, in order. */
  push(lines: readonly string[]): void {
    if (lines.length === 0) return;
    this.#new.push(...lines);
    this.#compare();
    this.#settle();
  }

  /** All hunks, when the lines that have come are the whole answer: old lines that were not reached are removed. */
  whole(): Hunk[] {
    const rest = lineDiff(this.old.slice(this.#settledOld), this.#new.slice(this.#settledNew));
    return [...this.#finished, ...rest.map((hunk) => this.#shifted(hunk))];
  }

  /**
   * Whether the new lines have come back to the old ones, so that the rest can be taken as unchanged. Said only when all this holds: at least
   * one hunk is finished; since the last one ten lines, and four times as many as ever stayed between two hunks, are as they were; and no word
   * that the hunks did away with stands in the rest of the old lines, nor a line that they removed.
   */
  get rejoined(): boolean {
    const last = this.#finished.at(-1);
    const same = this.#same;
    if (last === undefined || this.#settledNew + same < this.#new.length) return false;
    const rest = this.old.slice(this.#settledOld + same);
    const stayed = this.#finished.slice(1).map(({ oldStart }, index) => oldStart - endOf(this.#finished[index]));
    const enough = Math.max(REJOINED_LINES, ...stayed.map((lines) => REJOINED_TIMES * lines));
    const since = this.#new.length - last.newStart - last.added.length;
    return rest.length > 0 && since >= enough && !wouldChange(rest, this.#finished);
  }

  /** How many old lines the new ones have reached, where they have `rejoined`: those from there on are the rest. */
  get reached(): number {
    return this.#settledOld + this.#same;
  }

  #compare(): void {
    const next = this.#new.slice(this.#settledNew);
    const end = this.#settledOld + 2 * next.length + SKIPPED_LINES;
    this.#common = commonLines(this.old.slice(this.#settledOld, end), next).map((match) => ({
      old: match.old + this.#settledOld,
      new: match.new + this.#settledNew,
    }));
  }

  /** Finishes the hunks before the last run of lines that surely are the old ones. */
  #settle(): void {
    const end = lastSureRun(this.#common, this.old);
    const last = this.#common[end];
    if (last === undefined) return;
    const before = this.#common
      .slice(0, end)
      .map((match) => ({ old: match.old - this.#settledOld, new: match.new - this.#settledNew }));
    const old = this.old.slice(this.#settledOld, last.old);
    const hunks = hunksAround(before, old, this.#new.slice(this.#settledNew, last.new));
    this.#finished.push(...hunks.map((hunk) => this.#shifted(hunk)));
    const free = endOf(this.#finished.at(-1)) + (this.#finished.length > 0 ? 1 : 0);
    const by = Math.max(this.#settledOld, free, last.old - SLIDE_LINES) - last.old;
    this.#settledOld = last.old + by;
    this.#settledNew = last.new + by;
    this.#common = this.#common.filter((match) => match.old >= this.#settledOld);
  }

  /** How many lines behind the settled ones are the old ones, one by one. */
  get #same(): number {
    const differs = this.#common.findIndex(
      (match, index) => match.new !== this.#settledNew + index || match.old !== this.#settledOld + index,
    );
    return differs < 0 ? this.#common.length : differs;
  }

  #shifted(hunk: Hunk): Hunk {
    return { ...hunk, oldStart: hunk.oldStart + this.#settledOld, newStart: hunk.newStart + this.#settledNew };
  }
}

function endOf(hunk: Hunk | undefined): number {
  return hunk === undefined ? 0 : hunk.oldStart + hunk.removed.length;
}

function follows(match: Match, before: Match | undefined): boolean {
  return before !== undefined && match.old === before.old + 1 && match.new === before.new + 1;
}

/** The matches at the end that follow each other in both lists. */
function lastRun(common: readonly Match[]): readonly Match[] {
  const start = common.findLastIndex((match, index) => !follows(match, common[index - 1]));
  return common.slice(Math.max(0, start));
}

/** The index of the last match that ends a run which is surely the old lines; -1 where there is none. */
function lastSureRun(common: readonly Match[], old: readonly string[]): number {
  let [length, telling, sure] = [0, false, -1];
  for (const [index, match] of common.entries()) {
    if (!follows(match, common[index - 1])) [length, telling] = [0, false];
    length++;
    telling ||= isTelling(old[match.old] ?? '');
    if (length >= SURE_LINES && telling) sure = index;
  }
  return sure;
}

/** Whether what the hunks did may have to be done in the rest too: it holds a line or a word that they did away with. */
function wouldChange(rest: readonly string[], hunks: readonly Hunk[]): boolean {
  const [gone, come] = [hunks.flatMap(({ removed }) => removed), hunks.flatMap(({ added }) => added)];
  const lines = new Set(gone.filter(isTelling).map((line) => line.trim()));
  const kept = wordsOf(come);
  const words = new Set([...wordsOf(gone)].filter((word) => !kept.has(word)));
  return rest.some((line) => lines.has(line.trim())) || [...wordsOf(rest)].some((word) => words.has(word));
}

function wordsOf(lines: readonly string[]): Set<string> {
  return new Set(lines.flatMap((line) => line.match(/[\p{L}\p{N}_$]+/gu) ?? []));
}
