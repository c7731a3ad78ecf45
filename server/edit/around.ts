/** The text around lines, cut to the room: the nearest lines first. Pure. */
import type { Count } from '../conversation/shown';

export interface Around {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Of the room, in tokens. */
const SHARE_BEFORE = 2 / 3;

/** Two thirds of the room before, one third after; what one of them does not need the other one has. */
export function around({ before, after }: Around, room: number, count: Count): Around & { readonly tokens: number } {
  const below = nearest(after, room * (1 - SHARE_BEFORE), count);
  const above = nearest(before.toReversed(), room - below.tokens, count);
  const more = above.tokens < room * SHARE_BEFORE ? nearest(after, room - above.tokens, count) : below;
  return {
    before: above.lines.toReversed(),
    after: more.lines,
    tokens: above.tokens + more.tokens,
  };
}

/** As many lines from the start as have room, without blank ones at their end. */
function nearest(lines: readonly string[], room: number, count: Count) {
  let tokens = 0;
  let filled = 0;
  let cost = 0;
  for (const [at, line] of lines.entries()) {
    cost += count(line) + 1;
    if (cost > room) break;
    if (line.trim() === '') continue;
    filled = at + 1;
    tokens = cost;
  }
  return { lines: lines.slice(0, filled), tokens };
}
