/** Which pieces of the project a prompt has room for. */
import type { ContextItem } from '../chatProtocol';
import { type Count, cutAtLine, shown } from './shown';

/** Less of a piece than this says nothing, in tokens. */
export const LEAST_PIECE = 32;

export interface Chosen {
  /** In the order in which they were given. */
  readonly items: readonly ContextItem[];
  /** Identifiers of those that were cut, and of those that were left out. */
  readonly cut: readonly string[];
  readonly leftOut: readonly string[];
}

/** Those of the highest priority first; one that has no room is cut at a line end, or left out. @param room in tokens */
export function chosen(wished: readonly ContextItem[], room: number, count: Count): Chosen {
  let left = room;
  const taken = new Map<ContextItem, ContextItem>();
  const cut: string[] = [];
  for (const item of wished.toSorted((a, b) => b.priority - a.priority)) {
    const cost: Count = (text) => count(shown({ ...item, text })) + 1;
    const text = left < LEAST_PIECE ? undefined : cutAtLine(item.text, left, cost);
    if (text === undefined) continue;
    if (text !== item.text) cut.push(item.id);
    taken.set(item, { ...item, text });
    left -= cost(text);
  }
  return {
    items: wished.flatMap((item) => taken.get(item) ?? []),
    cut,
    leftOut: wished.filter((item) => !taken.has(item)).map(({ id }) => id),
  };
}
