/** How a document would be if all that is proposed were taken, and where in both a hunk stands. Looks only: nothing is taken by it. */
import { changed } from './changes';
import type { Proposal, ProposedHunk } from './proposal';
import { anchorOf, type PlacedHunk, textEdits } from './textEdits';
import { lineEndOf } from './textShape';

/** Lines of a hunk from 0: in the document, and in the text with all of them. A count of 0 stands before the line. */
export interface ShownHunk {
  readonly hunk: ProposedHunk;
  readonly old: { readonly first: number; readonly count: number };
  readonly new: { readonly first: number; readonly count: number };
}

export interface PreviewText {
  readonly text: string;
  /** The open hunks, in order. */
  readonly hunks: readonly ShownHunk[];
}

export function previewOf(proposal: Proposal): PreviewText {
  const { text, growing } = proposal;
  const open = proposal.hunks.flatMap((hunk) => (hunk.place === undefined ? [] : [{ hunk, place: hunk.place }]));
  const placed: PlacedHunk[] = open.map(({ hunk, place }) => ({ ...hunk, place, side: anchorOf(hunk).side }));
  if (growing?.place !== undefined) placed.push({ ...growing, place: growing.place, side: anchorOf(growing).side });
  const edits = textEdits(text, placed, lineEndOf(text));
  return { text: edits.length === 0 ? text : changed(text, edits), hunks: shownHunks(text, open) };
}

function shownHunks(
  text: string,
  open: readonly { hunk: ProposedHunk; place: { readonly start: number } }[],
): ShownHunk[] {
  const lineOf = lineFinder(text);
  let growth = 0;
  return open
    .toSorted((a, b) => a.place.start - b.place.start)
    .map(({ hunk, place }) => {
      const { side } = anchorOf(hunk);
      const first = lineOf(place.start) + (side === 'after' ? 1 : 0);
      const shown = {
        hunk,
        old: { first, count: hunk.removed.length },
        new: { first: first + growth, count: hunk.added.length },
      };
      growth += hunk.added.length - hunk.removed.length;
      return shown;
    });
}

/** Lines of offsets that only grow. */
function lineFinder(text: string): (offset: number) => number {
  const ends = Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: end, index }) => index + end.length);
  let line = 0;
  return (offset) => {
    while ((ends[line] ?? Number.POSITIVE_INFINITY) <= offset) line++;
    return line;
  };
}

/** Which hunk a line is in, on one of the two sides; else the next one below it, else the last. */
export function hunkAt(hunks: readonly ShownHunk[], line: number, side: 'old' | 'new'): ShownHunk | undefined {
  const inside = hunks.find(
    (each) => line >= each[side].first && line < each[side].first + Math.max(1, each[side].count),
  );
  return inside ?? hunks.find((each) => each[side].first > line) ?? hunks.at(-1);
}

/** The hunk to go to from a line, around the end. */
export function nextHunk(
  hunks: readonly ShownHunk[],
  line: number,
  side: 'old' | 'new',
  step: 1 | -1,
): ShownHunk | undefined {
  if (step === 1) return hunks.find((each) => each[side].first > line) ?? hunks[0];
  return hunks.findLast((each) => each[side].first < line) ?? hunks.at(-1);
}
