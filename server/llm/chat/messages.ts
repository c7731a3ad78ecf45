/** A conversation as a template can take it: not every template knows instructions, tools, or two questions in a row. Pure. */
import type { ChatMessage } from '../llm';

/** What a template knows. */
export interface Knows {
  /** The role `system`. */
  readonly system: boolean;
  /** The role `tool`, and calls of tools. */
  readonly tools: boolean;
}

/** Stands between texts that become one. */
const BETWEEN = '\n\n';
/** Stands for a question that was left out, in templates that want one first. */
const NO_QUESTION = '…';

/** Instructions first, then questions and answers in turns, beginning with a question. */
export function arranged(messages: readonly ChatMessage[], knows: Knows): ChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const others = messages.flatMap((message) =>
    message.role === 'system' ? [] : [knows.tools ? message : plain(message)],
  );
  const turns = others.reduce<ChatMessage[]>(appended, []);
  if (turns[0]?.role === 'assistant') turns.unshift({ role: 'user', text: NO_QUESTION });
  const instructions = system.filter((text) => text !== '').join(BETWEEN);
  if (instructions === '') return turns;
  if (knows.system) return [{ role: 'system', text: instructions }, ...turns];
  const [first, ...rest] = turns;
  if (first?.role !== 'user') return [{ role: 'user', text: instructions }, ...turns];
  return [{ role: 'user', text: instructions + BETWEEN + first.text }, ...rest];
}

/** Merges a message into the one before where both are of the same side. */
function appended(turns: ChatMessage[], message: ChatMessage): ChatMessage[] {
  const last = turns.at(-1);
  if (last?.role === 'user' && message.role === 'user')
    turns[turns.length - 1] = { ...message, text: joined(last.text, message.text) };
  else if (last?.role === 'assistant' && message.role === 'assistant' && !last.toolCalls?.length)
    turns[turns.length - 1] = { ...message, text: joined(last.text, message.text) };
  else turns.push(message);
  return turns;
}

function joined(one: string, other: string): string {
  return one === '' || other === '' ? one + other : one + BETWEEN + other;
}

/** Tools in words, for a template that has no place for them. */
function plain(message: ChatMessage): ChatMessage {
  if (message.role === 'tool') return { role: 'user', text: `${message.name}:\n${message.text}` };
  if (message.role !== 'assistant' || !message.toolCalls?.length) return message;
  const calls = message.toolCalls.map(({ name, parameters }) => `${name}(${JSON.stringify(parameters)})`);
  return { role: 'assistant', text: joined(message.text, calls.join('\n')) };
}
