/** A chat of another extension: stopped while the person is answered, and gone on with where it was. */
import type { ChatParams, ChatProgress } from '../../server/chatProtocol';
import { type ChatClient, ChatError } from '../client/chatClient';
import type { Foreground } from '../client/foreground';
import type { ChatAnswer } from './minnow';
import { givingWay } from './turns';

type Params = Omit<ChatParams, 'partialResultToken'>;

export interface ChattingParts {
  readonly chat: Pick<ChatClient, 'ask' | 'countTokens'>;
  readonly foreground: Pick<Foreground, 'enter'>;
  /** Of the other extension. What it throws ends the chat. */
  readonly onText: (piece: string) => void;
}

/** @throws ChatError, and what `onText` throws */
export async function answerFor(
  params: Params,
  { chat, foreground, onText }: ChattingParts,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  let text = '';
  let thrown: { readonly error: unknown } | undefined;
  const broken = new AbortController();
  const hear = (progress: ChatProgress): void => {
    if (progress.kind !== 'text' || thrown !== undefined) return;
    text += progress.text;
    try {
      onText(progress.text);
    } catch (error) {
      // A stranger's mistake, of whatever kind: it is theirs to hear of.
      thrown = { error };
      broken.abort();
    }
  };
  const work = async (each: AbortSignal): Promise<ChatAnswer> => {
    const rest = await restOf(params, text, chat, each);
    if (rest === undefined) return { text, end: 'length' };
    try {
      const { end } = await chat.ask(rest, hear, each);
      return { text, end: end === 'tool' ? 'complete' : end };
    } catch (error) {
      // What was said already takes the room for more.
      if (text !== '' && error instanceof ChatError && error.code === 'tooLong') return { text, end: 'full' };
      throw error;
    }
  };
  try {
    return await givingWay(foreground, work, AbortSignal.any([signal, broken.signal]));
  } catch (error) {
    throw thrown === undefined ? error : thrown.error;
  }
}

/** What is left to ask for where so much was answered already; undefined where it is nothing. */
async function restOf(
  params: Params,
  text: string,
  chat: ChattingParts['chat'],
  signal: AbortSignal,
): Promise<Params | undefined> {
  if (text === '') return params;
  const rest = { ...params, turns: [...params.turns, { role: 'assistant' as const, text }] };
  if (params.maxTokens === undefined) return rest;
  const [written = 0] = await chat.countTokens([text], signal);
  if (signal.aborted) throw new ChatError('stopped');
  const maxTokens = params.maxTokens - written;
  return maxTokens < 1 ? undefined : { ...rest, maxTokens };
}
