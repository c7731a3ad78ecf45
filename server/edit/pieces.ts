/**
 * A range in pieces that a small model can hold and that have room in the context. A piece ends where the least is cut through: between two
 * functions, else between two statements of one, else anywhere between two lines. A line is never cut. Pure.
 */
import type { Count } from '../conversation/shown';
import type { LineRange } from '../editProtocol';

/** Small models lose lines of texts that are longer, in tokens. */
const MOST = 1_000;
/** What a piece may take of the context: it is read, and written again. */
const SHARE = 0.25;
/** A piece is at least so long in relation to the longest, where it is not the last. */
const LEAST = 0.3;
/** What is a little too long for one piece stays one. */
const SLACK = 1.2;

/** The longest piece, in tokens. @param room of the context */
export function longestPiece(room: number): number {
  return Math.max(1, Math.floor(Math.min(MOST, room * SHARE)));
}

/**
 * Together the pieces are the range, in its order; at least one.
 *
 * @param lines of the whole document
 * @param seams what it costs to cut before each of them; asked only where there is something to cut
 * @param most the longest piece, in tokens: a line that is longer is a piece by itself
 */
export function piecesOf(
  range: LineRange,
  lines: readonly string[],
  seams: () => readonly number[],
  most: number,
  count: Count,
): readonly LineRange[] {
  const costs = lines.slice(range.first, range.first + range.count).map((line) => count(line) + 1);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  if (total <= most * SLACK) return [range];
  const cuts = seams();
  const pieces: LineRange[] = [];
  for (let at = 0; at < range.count; ) {
    const end = endOf(costs, cuts.slice(range.first, range.first + range.count), at, most);
    pieces.push({ first: range.first + at, count: end - at });
    at = end;
  }
  return pieces;
}

/** Index behind the last line of the piece that begins there. */
function endOf(costs: readonly number[], cuts: readonly number[], start: number, most: number): number {
  let best = start + 1;
  let least = Number.POSITIVE_INFINITY;
  let size = costs[start] ?? 0;
  let at = start + 1;
  for (; at < costs.length && size <= most; at++) {
    const cut = cuts[at] ?? 0;
    if (size < most * LEAST || cut <= least) {
      best = at;
      least = size < most * LEAST ? Number.POSITIVE_INFINITY : cut;
    }
    size += costs[at] ?? 0;
  }
  return at === costs.length && size <= most ? costs.length : best;
}
