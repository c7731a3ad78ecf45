/** The text edits that put hunks into a document. What is not in a hunk stays byte for byte. */
import type { Change } from './changes';
import type { Hunk } from './lineDiff';
import { afterLineEnd, beforeLineEnd, type Place } from './lines';
import type { LineRange } from './tracking';

/** A hunk with the place that it has in a document: of its old lines, or of the line beside which it only adds. */
export interface PlacedHunk {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly place: Place;
  readonly side: 'instead' | 'after' | 'before';
}

/** The lines that must stand unchanged for a hunk to have a place: those that it removes; else the one before it, at the very start the one after. */
export function anchorOf({ oldStart, removed }: Hunk): LineRange & { readonly side: PlacedHunk['side'] } {
  if (removed.length > 0) return { first: oldStart, count: removed.length, side: 'instead' };
  return oldStart > 0 ? { first: oldStart - 1, count: 1, side: 'after' } : { first: 0, count: 1, side: 'before' };
}

/** One edit for each hunk, in order, none touching another. Whether the document ends with a line end stays as it is. */
export function textEdits(text: string, hunks: readonly PlacedHunk[], lineEnd: string): Change[] {
  return joined(text, hunks).map((hunk) => textEdit(text, hunk, lineEnd));
}

/** Hunks that have come to stand one right after the other, because the lines between were taken out, are one. */
function joined(text: string, hunks: readonly PlacedHunk[]): PlacedHunk[] {
  const done: PlacedHunk[] = [];
  for (const hunk of hunks.toSorted((a, b) => a.place.start - b.place.start || a.place.end - b.place.end)) {
    const before = done.at(-1);
    const touches =
      before?.side === 'instead' &&
      hunk.side === 'instead' &&
      afterLineEnd(text, before.place.end) === hunk.place.start;
    if (before === undefined || !touches) done.push(hunk);
    else
      done[done.length - 1] = {
        removed: [...before.removed, ...hunk.removed],
        added: [...before.added, ...hunk.added],
        place: { start: before.place.start, end: hunk.place.end },
        side: 'instead',
      };
  }
  return done;
}

function textEdit(text: string, { place: { start, end }, added, side }: PlacedHunk, lineEnd: string): Change {
  const lines = added.join(lineEnd);
  if (side === 'after') return { offset: end, length: 0, text: lineEnd + lines };
  if (side === 'before') return { offset: start, length: 0, text: lines + lineEnd };
  if (added.length > 0) return { offset: start, length: end - start, text: lines };
  const to = afterLineEnd(text, end);
  const from = to > end ? start : beforeLineEnd(text, start);
  return { offset: from, length: to - from, text: '' };
}
