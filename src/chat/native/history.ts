/** What the editor keeps of a conversation with our participant becomes turns again. Pure. */
import type { ChatEnd, ContextItem, Turn } from '../../../server/chatProtocol';

/** What is kept with an answer (`ChatResult.metadata`): plain JSON, which the editor writes to its own history. */
export interface Kept {
  readonly conversation: string;
  /** Tells the question apart from all others. */
  readonly id: string;
  /** Where the model's words end: behind them stands what we say about the answer. In UTF-16 code units. */
  readonly length: number;
  readonly command?: string;
  readonly end?: ChatEnd;
  /** The question as the model was shown it; absent where nothing may be kept on disk. */
  readonly asked?: Asked;
}

export interface Asked {
  readonly text: string;
  readonly context: readonly ContextItem[];
}

export type Past =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'answer'; readonly text: string; readonly metadata: unknown };

export interface Before {
  /** Undefined when this is the first question. */
  readonly conversation: string | undefined;
  readonly turns: readonly Turn[];
}

/**
 * Questions without an answer are left out with what we said instead.
 *
 * @param recall what was asked by identifier, for what is not on disk
 */
export function conversationBefore(past: readonly Past[], recall: (id: string) => Asked | undefined): Before {
  const turns: Turn[] = [];
  let conversation: string | undefined;
  past.forEach((answer, at) => {
    const question = past[at - 1];
    if (answer.kind !== 'answer' || question?.kind !== 'question') return;
    const kept = keptOf(answer.metadata);
    conversation = kept?.conversation ?? conversation;
    const text = answer.text.slice(0, kept?.length);
    if (text === '') return;
    const asked = kept && (recall(kept.id) ?? kept.asked);
    turns.push({ role: 'user', ...(asked ?? { text: question.text }) }, { role: 'assistant', text });
  });
  return { conversation, turns };
}

/** Reads what we have written; undefined for what others, or an older version, have. */
export function keptOf(metadata: unknown): Kept | undefined {
  if (!isRecord(metadata)) return undefined;
  const { conversation, id, length, command, end, asked } = metadata;
  if (typeof conversation !== 'string' || typeof id !== 'string' || typeof length !== 'number') return undefined;
  return {
    conversation,
    id,
    length,
    ...(typeof command === 'string' ? { command } : {}),
    ...(isEnd(end) ? { end } : {}),
    ...(isAsked(asked) ? { asked } : {}),
  };
}

const ENDS: readonly unknown[] = ['complete', 'length', 'full', 'endless', 'tool'] satisfies ChatEnd[];

function isEnd(value: unknown): value is ChatEnd {
  return ENDS.includes(value);
}

function isAsked(value: unknown): value is Asked {
  return (
    isRecord(value) && typeof value.text === 'string' && Array.isArray(value.context) && value.context.every(isItem)
  );
}

function isItem(value: unknown): value is ContextItem {
  return (
    isRecord(value) &&
    [value.id, value.title, value.text].every((each) => typeof each === 'string') &&
    typeof value.priority === 'number'
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** How many questions are remembered for what is not on disk. */
const MOST_REMEMBERED = 100;

/** What was asked in this window, the newest. */
export class Questions {
  readonly #asked = new Map<string, Asked>();

  remember(id: string, asked: Asked): void {
    this.#asked.set(id, asked);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MOST_REMEMBERED && oldest !== undefined) this.#asked.delete(oldest);
  }

  readonly recall = (id: string): Asked | undefined => this.#asked.get(id);
}
