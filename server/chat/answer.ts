/** Answers a question with a model: the prompt that has room, what the model writes told apart, and why it ended. */
import { randomBytes } from 'node:crypto';
import type { ChatEnd, ChatParams, ChatProgress, ChatResult, PromptUsage } from '../chatProtocol';
import { Endless } from '../conversation/endless';
import { type Said, Spoken } from '../conversation/spoken';
import type { ChatLlm, ChatOptions } from '../llm/llm';
import { type Fitted, promptFor } from './fit';

export interface Answering {
  /** Told each piece, in order. */
  readonly tell: (progress: ChatProgress) => void;
  /** See `ChatOptions`. */
  readonly mayGoOn: () => Promise<void>;
}

/** How long reading may take before it is worth telling, in milliseconds. */
const QUICK_MS = 300;

/** @throws ChatRefusal, MalformedError, CancelledError when the signal is aborted, UserError when the engine fails */
export async function answer(
  chat: ChatLlm,
  params: Omit<ChatParams, 'partialResultToken'>,
  { tell, mayGoOn }: Answering,
  signal: AbortSignal,
): Promise<ChatResult> {
  const room = await chat.room();
  const { tools } = params;
  // Words of tools mean nothing to a template without them.
  const fitted = promptFor(chat.facts.tools || tools === undefined ? params : { ...params, tools: [] }, room, chat);
  let prompt: PromptUsage = { ...fitted.usage, reused: 0 };
  const started = performance.now();
  const options: ChatOptions = {
    maxTokens: fitted.maxTokens,
    temperature: params.temperature,
    mayGoOn,
    onReading: (done, of) => {
      if (performance.now() - started > QUICK_MS) tell({ kind: 'reading', done, of });
    },
    onPrefilled: ({ reused }) => {
      prompt = { ...prompt, reused };
      tell({ kind: 'read', prompt });
    },
  };
  const written = await write(chat, fitted, options, tell, signal);
  return { ...written, end: written.end ?? endOf(params, fitted, written), prompt };
}

interface Written {
  readonly tokensWritten: number;
  readonly tokensPerSecond: number;
  readonly calls: number;
  readonly end?: ChatEnd;
}

async function write(
  chat: ChatLlm,
  { prompt }: Fitted,
  options: ChatOptions,
  tell: Answering['tell'],
  signal: AbortSignal,
): Promise<Written> {
  const spoken = new Spoken({ tools: prompt.tools ?? [], isBegun: prompt.begun !== undefined });
  const endless = new Endless();
  const gaps: number[] = [];
  let calls = 0;
  let tokens = 0;
  let at: number | undefined;
  let isEndless = false;
  const say = (said: Said): void => {
    if (said.kind === 'toolCall') calls++;
    tell(said.kind === 'toolCall' ? { kind: 'toolCall', call: { id: newId(), ...said.call } } : said);
  };
  for await (const { text } of chat.answer(prompt, options, signal)) {
    const now = performance.now();
    if (at !== undefined) gaps.push(now - at);
    at = now;
    tokens++;
    spoken.take(text).forEach(say);
    isEndless = endless.take(text);
    if (isEndless) break;
  }
  spoken.end().forEach(say);
  return { tokensWritten: tokens, tokensPerSecond: perSecond(gaps), calls, ...(isEndless ? { end: 'endless' } : {}) };
}

function endOf(
  { maxTokens }: Pick<ChatParams, 'maxTokens'>,
  fitted: Fitted,
  { tokensWritten, calls }: Written,
): ChatEnd {
  if (calls > 0) return 'tool';
  if (tokensWritten < fitted.maxTokens) return 'complete';
  return tokensWritten === maxTokens ? 'length' : 'full';
}

/** By the time that half of the tokens took at most: where it waited for others does not count. 0 where that is not known. */
function perSecond(gaps: readonly number[]): number {
  const median = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
  return median === undefined || median <= 0 ? 0 : 1000 / median;
}

/** Nine letters and digits: what the templates that show it insist on. */
function newId(): string {
  return Array.from(randomBytes(9), (byte) => (byte % 36).toString(36)).join('');
}
