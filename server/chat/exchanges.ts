/** A conversation in parts that stand or fall together: what was asked, and all that was answered to it. */
import type { ContextItem, Turn } from '../chatProtocol';
import { MalformedError } from '../conversation/refusal';
import { question } from '../conversation/shown';
import type { ChatMessage } from '../llm/llm';

/** From what a person said to what they said next. */
export type Exchange = readonly Turn[];

export interface Conversation {
  readonly past: readonly Exchange[];
  /** The last question, with the calls of tools since. */
  readonly last: Exchange;
  /** What its answer begins with, where one broke off. */
  readonly begun: string | undefined;
}

/** @throws MalformedError when there is nothing to answer */
export function conversationOf(turns: readonly Turn[]): Conversation {
  const end = turns.at(-1);
  if (end?.role === 'assistant' && (end.toolCalls ?? []).length > 0)
    throw new MalformedError('what the tools have answered is missing');
  const begun = end?.role === 'assistant' && end.text !== '' ? end.text : undefined;
  const exchanges: Turn[][] = [];
  for (const turn of end?.role === 'assistant' ? turns.slice(0, -1) : turns) {
    const current = exchanges.at(-1);
    // Several messages of a person in a row are one question.
    if (current === undefined || (turn.role === 'user' && current.at(-1)?.role !== 'user')) exchanges.push([turn]);
    else current.push(turn);
  }
  const last = exchanges.pop();
  if (last === undefined) throw new MalformedError('there is no question');
  return { past: exchanges, last, begun };
}

/** The context of the question of an exchange. */
export function contextOf(exchange: Exchange): readonly ContextItem[] {
  return exchange.findLast((turn) => turn.role === 'user')?.context ?? [];
}

/** The same exchange, whose question is about something else. */
export function about(exchange: Exchange, context: readonly ContextItem[]): Exchange {
  const asked = exchange.findLastIndex(({ role }) => role === 'user');
  return exchange.map((turn, index) => (index === asked && turn.role === 'user' ? { ...turn, context } : turn));
}

/** As a chat template takes it. Templates want question and answer in turns, so what a person said in a row is one message. */
export function messagesOf(exchange: Exchange): readonly ChatMessage[] {
  const messages: ChatMessage[] = [];
  for (const turn of exchange) {
    const before = messages.at(-1);
    if (turn.role !== 'user') messages.push(turn);
    else {
      const text = question(turn.text, turn.context ?? []);
      if (before?.role === 'user') messages.push({ role: 'user', text: `${messages.pop()?.text}\n\n${text}` });
      else messages.push({ role: 'user', text });
    }
  }
  return messages;
}
