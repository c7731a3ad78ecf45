/** What differs inside a pair of lines, by words. Characters that are shown as one are never split (Unicode annex 29, extended grapheme clusters). */
import { diffArrays } from 'diff';
import type { Place } from './lines';

export interface WordDiff {
  /** What goes, in the old line. */
  readonly removed: readonly Place[];
  /** What comes, in the new line. */
  readonly added: readonly Place[];
}

/** Longer lines are told as changed as a whole, in UTF-16 code units. */
const MOST_LENGTH = 2_000;
const MOST_DIFFERENCES = 200;
/** Lines that share less of their characters read better as one for the other. */
const LEAST_SHARED = 1 / 3;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The differences of two lines; the whole lines where they have little in common. Places are in order and do not touch. */
export function wordDiff(old: string, next: string): WordDiff {
  if (old === next) return { removed: [], added: [] };
  const isLong = Math.max(old.length, next.length) > MOST_LENGTH;
  const changes = isLong ? undefined : diffArrays(words(old), words(next), { maxEditLength: MOST_DIFFERENCES });
  const removed: Place[] = [];
  const added: Place[] = [];
  let [i, j, shared] = [0, 0, 0];
  for (const { added: comes, removed: goes, value } of changes ?? []) {
    const length = value.join('').length;
    if (goes) removed.push({ start: i, end: i + length });
    if (comes) added.push({ start: j, end: j + length });
    if (!comes && !goes) shared += value.join('').trim().length;
    if (!comes) i += length;
    if (!goes) j += length;
  }
  if (changes === undefined || shared < LEAST_SHARED * Math.min(old.trim().length, next.trim().length))
    return { removed: wholeOf(old), added: wholeOf(next) };
  return { removed: joined(removed, old), added: joined(added, next) };
}

/** Which removed line is told beside which added one, as indexes: one by one from the top, where there are as many of both; else the alike ones. */
export function pairsOf(removed: readonly string[], added: readonly string[]): [removed: number, added: number][] {
  if (removed.length === added.length) return removed.map((_, index) => [index, index]);
  const pairs: [number, number][] = [];
  let from = 0;
  for (const [index, line] of removed.entries()) {
    const last = Math.min(added.length, from + MOST_APART);
    for (let other = from; other < last; other++)
      if (areAlike(line, added[other] ?? '')) {
        pairs.push([index, other]);
        from = other + 1;
        break;
      }
  }
  return pairs;
}

/** So many added lines are looked at for a removed one. */
const MOST_APART = 20;

/** Lines are alike when at least half of the words of the one with more words stand in the other. */
function areAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((line) => new Set(line.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []));
  if (a === undefined || b === undefined || a.size === 0 || b.size === 0) return false;
  return [...a].filter((word) => b.has(word)).length * 2 >= Math.max(a.size, b.size);
}

/** Words, runs of white space, and everything else character by character. */
function words(line: string): string[] {
  const found: { kind: string; text: string }[] = [];
  for (const { segment } of graphemes.segment(line)) {
    const kind = /^[\p{L}\p{N}_]/u.test(segment) ? 'word' : /^\s/.test(segment) ? 'space' : 'other';
    const last = found.at(-1);
    if (last !== undefined && last.kind === kind && kind !== 'other') last.text += segment;
    else found.push({ kind, text: segment });
  }
  return found.map(({ text }) => text);
}

function wholeOf(line: string): Place[] {
  return line === '' ? [] : [{ start: 0, end: line.length }];
}

/** Places that touch or have only white space between them are one. */
function joined(places: readonly Place[], line: string): Place[] {
  const done: Place[] = [];
  for (const place of places) {
    const last = done.at(-1);
    if (last !== undefined && line.slice(last.end, place.start).trim() === '')
      done[done.length - 1] = { start: last.start, end: place.end };
    else done.push(place);
  }
  return done;
}
