/** The chat model in this process, and what tests ask of it. */

import type { ChatLlm, ChatMessage, ChatOptions, ChatPrompt, Llm, PrefillUsage } from '../../server/llm/llm';
import { LlamaLoader } from '../../server/llm/load';
import type { Job } from '../../server/llm/options';
import { CHAT_MODEL_CONTEXT } from './chatModel';
import { defaultLaunch } from './server';

/** Never aborted. */
export const { signal: patient } = new AbortController();

/** @param job as the process would have it; `completion`: chat has a context of its own */
export function loadChatLlm(file: string, job: Job, contextSize = 0): Promise<Llm> {
  const { unloadAfterMinutes, ...launch } = defaultLaunch;
  const options = { ...launch, job, contextSize, file, name: 'SmolLM2', layout: 'psm' as const };
  return new LlamaLoader({ ...options, trainedOn: CHAT_MODEL_CONTEXT, log: () => undefined }).load(() => undefined);
}

export interface Said {
  readonly text: string;
  readonly tokens: number;
  readonly usage: PrefillUsage;
  /** Until the first token, and from there to the end, in milliseconds. */
  readonly firstMs: number;
  readonly writeMs: number;
}

/** The whole answer. */
export async function say(
  chat: ChatLlm | undefined,
  prompt: ChatPrompt,
  options: Partial<ChatOptions> = {},
  signal = patient,
): Promise<Said> {
  if (chat === undefined) throw new Error('this model does not chat');
  const started = performance.now();
  let usage: PrefillUsage = { reused: 0, evaluated: 0 };
  let text = '';
  let tokens = 0;
  let first = started;
  const onPrefilled = (told: PrefillUsage): void => {
    usage = told;
  };
  for await (const token of chat.answer(prompt, { maxTokens: 48, temperature: 0, onPrefilled, ...options }, signal)) {
    if (tokens++ === 0) first = performance.now();
    text += token.text;
  }
  return { text, tokens, usage, firstMs: first - started, writeMs: performance.now() - first };
}

/** A conversation of one question, or of several with their answers between them. */
export function promptOf(...texts: readonly string[]): ChatPrompt {
  const messages = texts.map((text, at): ChatMessage => ({ role: at % 2 === 0 ? 'user' : 'assistant', text }));
  return { messages: [{ role: 'system', text: 'You are a helpful assistant.' }, ...messages], thinks: false };
}
