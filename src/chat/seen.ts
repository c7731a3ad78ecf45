/** A follow-up about the same code need not show it to the model again: what is in the context is read already. */
import type { ContextItem } from '../../server/chatProtocol';
import type { KeptExchange } from './exchange';

/** Of code and prose in Latin script, a token has about four characters; fewer are taken so that nothing is promised room that it has not. */
const CHARACTERS_PER_TOKEN = 3;
/** With more of the context in use, old turns may be cut, and what they showed would be gone. */
const MOST_FILLED = 0.8;

/**
 * Those of a question's items that the model has not seen word by word in an earlier question; all of them where the context is so full that
 * the earlier question might be cut.
 */
export function withoutSeen(
  items: readonly ContextItem[],
  question: string,
  earlier: readonly KeptExchange[],
): readonly ContextItem[] {
  const room = earlier.at(-1)?.room;
  if (room === undefined || earlier.some(({ answer }) => answer.text === '')) return items;
  const isSeen = (item: ContextItem): boolean =>
    earlier.some(({ prompt }) => prompt?.context.some(({ title, text }) => title === item.title && text === item.text));
  const fresh = items.filter((item) => !isSeen(item));
  const characters = fresh.reduce((sum, { text }) => sum + text.length, question.length);
  return room.used + characters / CHARACTERS_PER_TOKEN < room.of * MOST_FILLED ? fresh : items;
}
