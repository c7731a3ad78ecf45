/** A `ChatLlm` that says what it was told to say, a word at a time, and remembers what it was asked. A token is a word with the blanks before it. */
import { setTimeout as delay } from 'node:timers/promises';
import { throwIfAborted } from '../../server/errors';
import type { ChatLlm, ChatMessage, ChatPrompt } from '../../server/llm/llm';
import type { ChatFacts } from '../../server/protocol';

export interface ChatScript {
  /** The whole answer to a prompt, as a model writes it: thoughts and calls of tools included. */
  readonly say: (prompt: ChatPrompt) => string;
  readonly msPerWord?: number;
  /** Of the context, in tokens. */
  readonly room?: number;
  readonly facts?: ChatFacts;
  /** Called with each word before it is said. */
  readonly onWord?: (word: string) => void;
}

export interface ScriptedChat extends ChatLlm {
  readonly prompts: ChatPrompt[];
}

/** A message costs its words and so many more. */
const PER_MESSAGE = 4;

export function scriptedChat({ say, msPerWord = 0, room = 2048, facts, onWord }: ChatScript): ScriptedChat {
  const prompts: ChatPrompt[] = [];
  let held: readonly string[] = [];
  return {
    facts: facts ?? { tools: true, thinks: true },
    prompts,
    room: () => Promise.resolve(room),
    count: (text) => wordsOf(text).length,
    measure: (prompt) => tokensOf(prompt).length,
    async *answer(prompt, { maxTokens, mayGoOn, onReading, onPrefilled }, signal) {
      prompts.push(prompt);
      const tokens = tokensOf(prompt);
      const reused = commonStart(held, tokens);
      held = tokens;
      await mayGoOn?.();
      onReading?.(tokens.length, tokens.length);
      onPrefilled?.({ reused, evaluated: tokens.length - reused });
      for (const word of wordsOf(restOf(say(prompt), prompt.begun)).slice(0, maxTokens)) {
        await mayGoOn?.();
        if (msPerWord > 0) await delay(msPerWord);
        throwIfAborted(signal);
        onWord?.(word);
        held = [...held, word];
        yield { text: word };
      }
    },
  };
}

/** Each with the blanks before it. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

/** What was told of tools comes first, as templates have it. */
function tokensOf({ messages, tools = [], begun = '' }: ChatPrompt): readonly string[] {
  return [
    ...wordsOf(tools.map((tool) => JSON.stringify(tool)).join(' ')),
    ...messages.flatMap(messageTokens),
    ...wordsOf(begun),
  ];
}

function messageTokens(message: ChatMessage): readonly string[] {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []).map((call) => JSON.stringify(call)) : [];
  const frame = Array.from({ length: PER_MESSAGE }, (_, index) => `<${message.role} ${index}>`);
  return [...frame, ...wordsOf([message.text, ...calls].join(' '))];
}

/** What is begun is gone on with, where it is the beginning of the answer. */
function restOf(answer: string, begun = ''): string {
  return answer.startsWith(begun) ? answer.slice(begun.length) : answer;
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const end = one.findIndex((token, index) => token !== other[index]);
  return end < 0 ? one.length : end;
}

/** A point that depends on the words and not on their order: texts with the same words lie near. */
export function scriptedPoint(text: string): readonly number[] {
  const point = Array.from({ length: 16 }, () => 0);
  for (const word of text.toLowerCase().match(/\w+/g) ?? []) {
    const place = Array.from(word).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 16, 7);
    point[place] = (point[place] ?? 0) + 1;
  }
  const length = Math.hypot(...point) || 1;
  return point.map((value) => value / length);
}

/**
 * What a question of a script says: the JSON string behind the last `say`; where it is told to `swap "a" "b"`, the lines to rewrite with `b` for each `a`;
 * else its last word in capitals. `SHOW` says the prompt as JSON.
 */
export function told(prompt: ChatPrompt): string {
  const question = prompt.messages.findLast(({ role }) => role === 'user' || role === 'tool')?.text ?? '';
  if (question.endsWith('SHOW')) return JSON.stringify(prompt);
  const said = /^say (".*")/s.exec(question.slice(Math.max(0, question.lastIndexOf('say "'))))?.[1];
  if (said !== undefined) return String(JSON.parse(said));
  return swapped(question) ?? (/\w+\W*$/.exec(question)?.[0] ?? 'nothing').toUpperCase();
}

function swapped(question: string): string | undefined {
  const [, from, to] = /swap "(.+?)" "(.*?)"$/.exec(question) ?? [];
  const [, fence, lines] = /Lines to rewrite:\n(`{3,})\w*\n(.*?)\1/s.exec(question) ?? [];
  if (from === undefined || to === undefined || lines === undefined) return undefined;
  return `${lines.replaceAll(from, to)}${fence}`;
}
