/** What differs between two lists of lines, as hunks that read well. */
import { commonLines, type Match } from './commonLines';

/** Lines that give way to others. Between two hunks stands at least one line that stays. */
export interface Hunk {
  /** Index of the first old line; where nothing is removed, of the line that the added ones stand before. */
  readonly oldStart: number;
  /** Index of the first added line in the new list. */
  readonly newStart: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** A hunk as indexes, the ends not included. */
interface Span {
  readonly old: number;
  readonly oldEnd: number;
  readonly new: number;
  readonly newEnd: number;
}

/** The hunks that make the new lines of the old ones, in order. A few milliseconds for thousands of lines, whatever they are. */
export function lineDiff(old: readonly string[], next: readonly string[]): Hunk[] {
  return hunksAround(commonLines(old, next), old, next);
}

/** The hunks between lines known to be common. */
export function hunksAround(common: readonly Match[], old: readonly string[], next: readonly string[]): Hunk[] {
  const spans = slid(between(common, old.length, next.length), old, next);
  return merged(spans, old).map((span) => ({
    oldStart: span.old,
    newStart: span.new,
    removed: old.slice(span.old, span.oldEnd),
    added: next.slice(span.new, span.newEnd),
  }));
}

function between(common: readonly Match[], oldLength: number, newLength: number): Span[] {
  const spans: Span[] = [];
  let [i, j] = [0, 0];
  for (const match of [...common, { old: oldLength, new: newLength }]) {
    if (match.old > i || match.new > j) spans.push({ old: i, oldEnd: match.old, new: j, newEnd: match.new });
    [i, j] = [match.old + 1, match.new + 1];
  }
  return spans;
}

/** Lines that only come or only go can often be told from their like at several places. The best read is chosen, between the neighbours. */
function slid(spans: readonly Span[], old: readonly string[], next: readonly string[]): Span[] {
  const done: Span[] = [];
  for (const [index, span] of spans.entries()) {
    const before = done.at(-1);
    const after = spans[index + 1];
    const lowest = before === undefined ? 0 : Math.max(before.oldEnd, 0) + 1;
    const highest = (after?.old ?? old.length + 1) - 1;
    if (span.old === span.oldEnd) done.push(best(span, next, span.new, span.newEnd, lowest, highest));
    else if (span.new === span.newEnd) done.push(best(span, old, span.old, span.oldEnd, lowest, highest));
    else done.push(span);
  }
  return done;
}

/** Of all places that a run of lines can slide to, the one that begins least indented and after an empty line; of equals the last. */
function best(span: Span, lines: readonly string[], start: number, end: number, lowest: number, highest: number): Span {
  let [up, down] = [0, 0];
  while (span.old - up > lowest && start - up > 0 && lines[start - up - 1] === lines[end - up - 1]) up++;
  while (span.oldEnd + down < highest && end + down < lines.length && lines[start + down] === lines[end + down]) down++;
  let chosen = 0;
  for (let by = -up; by <= down; by++)
    if (cost(lines, start + by, end + by) <= cost(lines, start + chosen, end + chosen)) chosen = by;
  const { old, oldEnd, new: from, newEnd } = span;
  return { old: old + chosen, oldEnd: oldEnd + chosen, new: from + chosen, newEnd: newEnd + chosen };
}

/** How badly a run of lines reads as one: the indentation of its first line and of the line after it, less where an empty line stands before. */
function cost(lines: readonly string[], start: number, end: number): number {
  const indent = (index: number): number =>
    lines[index] === undefined ? 0 : (/^\s*/.exec(lines[index])?.[0].length ?? 0);
  const isEmpty = (index: number): boolean => lines[index]?.trim() === '';
  const startsEmpty = isEmpty(start) ? 1 : 0;
  return 2 * (indent(start) + indent(end)) + startsEmpty - (isEmpty(start - 1) ? 1 : 0) - (isEmpty(end - 1) ? 1 : 0);
}

/** Hunks with one line between them that says nothing by itself are one hunk. */
function merged(spans: readonly Span[], old: readonly string[]): Span[] {
  const done: Span[] = [];
  for (const span of spans) {
    const before = done.at(-1);
    if (before !== undefined && span.old === before.oldEnd + 1 && !isTelling(old[before.oldEnd] ?? ''))
      done[done.length - 1] = { ...before, oldEnd: span.oldEnd, newEnd: span.newEnd };
    else done.push(span);
  }
  return done;
}

/** Whether a line says something by itself: it holds at least two letters or digits. */
export function isTelling(line: string): boolean {
  return /[\p{L}\p{N}_].*[\p{L}\p{N}_]/u.test(line);
}
