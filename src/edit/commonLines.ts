/**
 * Which lines of two lists are the same lines. Lines that stand once in both are taken as anchors (patience diff, Bram Cohen,
 * https://bramcohen.livejournal.com/73318.html), what lies between them is compared by Myers' algorithm (jsdiff) with a bound,
 * so that the time stays in proportion to the lines even where nothing is alike.
 */
import { diffArrays } from 'diff';

/** The line at `old` of the one list is the line at `new` of the other. */
export interface Match {
  readonly old: number;
  readonly new: number;
}

/** A part of both lists, the ends not included. */
interface Part {
  readonly old: number;
  readonly oldEnd: number;
  readonly new: number;
  readonly newEnd: number;
}

/** A part with more differences than this is not looked into: the work grows by their square. */
const MOST_DIFFERENCES = 400;
/** Anchors are looked for between anchors so many times. */
const MOST_DEPTH = 6;

/** Lines in common, in order. Not always as many as there could be, always such as can be kept together. */
export function commonLines(old: readonly string[], next: readonly string[]): Match[] {
  const numbers = new Map<string, number>();
  const numbered = (lines: readonly string[]): number[] =>
    lines.map((line) => {
      const known = numbers.get(line);
      if (known === undefined) numbers.set(line, numbers.size);
      return known ?? numbers.size - 1;
    });
  const found: Match[] = [];
  const whole = { old: 0, oldEnd: old.length, new: 0, newEnd: next.length };
  compare(numbered(old), numbered(next), whole, found, 0);
  return found;
}

function compare(old: readonly number[], next: readonly number[], part: Part, found: Match[], depth: number): void {
  let { old: i, oldEnd, new: j, newEnd } = part;
  for (; i < oldEnd && j < newEnd && old[i] === next[j]; i++, j++) found.push({ old: i, new: j });
  const tail: Match[] = [];
  while (i < oldEnd && j < newEnd && old[oldEnd - 1] === next[newEnd - 1]) tail.push({ old: --oldEnd, new: --newEnd });
  if (i < oldEnd && j < newEnd) {
    const rest = { old: i, oldEnd, new: j, newEnd };
    const anchors = depth < MOST_DEPTH ? increasing(uniqueInBoth(old, next, rest)) : [];
    if (anchors.length === 0) found.push(...bounded(old, next, rest));
    else compareBetween(old, next, rest, anchors, found, depth + 1);
  }
  found.push(...tail.toReversed());
}

function compareBetween(
  old: readonly number[],
  next: readonly number[],
  part: Part,
  anchors: readonly Match[],
  found: Match[],
  depth: number,
): void {
  let from: Match = { old: part.old, new: part.new };
  for (const anchor of anchors) {
    compare(old, next, { ...from, oldEnd: anchor.old, newEnd: anchor.new }, found, depth);
    found.push(anchor);
    from = { old: anchor.old + 1, new: anchor.new + 1 };
  }
  compare(old, next, { ...from, oldEnd: part.oldEnd, newEnd: part.newEnd }, found, depth);
}

/** Lines that stand once in both parts, in the order of the old ones. */
function uniqueInBoth(old: readonly number[], next: readonly number[], part: Part): Match[] {
  const places = new Map<number, { old: number; oldTimes: number; new: number; newTimes: number }>();
  for (let i = part.old; i < part.oldEnd; i++) {
    const line = old[i] ?? -1;
    const known = places.get(line);
    if (known === undefined) places.set(line, { old: i, oldTimes: 1, new: -1, newTimes: 0 });
    else known.oldTimes++;
  }
  for (let j = part.new; j < part.newEnd; j++) {
    const known = places.get(next[j] ?? -1);
    if (known === undefined) continue;
    known.new = j;
    known.newTimes++;
  }
  return [...places.values()].filter(({ oldTimes, newTimes }) => oldTimes === 1 && newTimes === 1);
}

/** The most of the matches that rise in both lists: the longest increasing subsequence, by patience sorting. */
function increasing(matches: readonly Match[]): Match[] {
  const tops: { match: Match; before: number }[][] = [];
  for (const match of matches) {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle]?.at(-1)?.match.new ?? 0) < match.new) low = middle + 1;
      else high = middle;
    }
    const before = (tops[low - 1]?.length ?? 0) - 1;
    const pile = tops[low];
    if (pile === undefined) tops.push([{ match, before }]);
    else pile.push({ match, before });
  }
  const chosen: Match[] = [];
  let card = tops.at(-1)?.at(-1);
  for (let pile = tops.length - 1; pile >= 0 && card !== undefined; pile--) {
    chosen.push(card.match);
    card = tops[pile - 1]?.[card.before];
  }
  return chosen.toReversed();
}

/** The common lines of a part without anchors; none where it is too different to be worth the time. */
function bounded(old: readonly number[], next: readonly number[], part: Part): Match[] {
  const inNew = new Set(next.slice(part.new, part.newEnd));
  const oldIndexes = range(part.old, part.oldEnd).filter((index) => inNew.has(old[index] ?? -1));
  const inOld = new Set(oldIndexes.map((index) => old[index]));
  const newIndexes = range(part.new, part.newEnd).filter((index) => inOld.has(next[index]));
  const changes = diffArrays(
    oldIndexes.map((index) => old[index]),
    newIndexes.map((index) => next[index]),
    { maxEditLength: MOST_DIFFERENCES },
  );
  const found: Match[] = [];
  let [i, j] = [0, 0];
  for (const { added, removed, count } of changes ?? []) {
    for (let each = 0; each < count && !added && !removed; each++)
      found.push({ old: oldIndexes[i + each] ?? 0, new: newIndexes[j + each] ?? 0 });
    if (!added) i += count;
    if (!removed) j += count;
  }
  return found;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
