/** The turns of a conversation are counted at each of its questions: what they came to is remembered. */
import type { ChatLlm } from '../llm/llm';

/** Texts; then all are forgotten. */
const MOST = 4000;
/** Longer ones are rare, and would be kept alive. In characters. */
const LONGEST = 200_000;

const counts = new WeakMap<ChatLlm, Map<string, number>>();

/** The same model, which counts the same text once. */
export function remembered(chat: ChatLlm): ChatLlm {
  const known = counts.get(chat) ?? new Map<string, number>();
  counts.set(chat, known);
  const count = (text: string): number => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const counted = chat.count(text);
    if (known.size >= MOST) known.clear();
    if (text.length <= LONGEST) known.set(text, counted);
    return counted;
  };
  return {
    facts: chat.facts,
    room: () => chat.room(),
    measure: (prompt) => chat.measure(prompt),
    answer: (prompt, options, signal) => chat.answer(prompt, options, signal),
    count,
  };
}
