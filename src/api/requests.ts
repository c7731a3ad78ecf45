/** Looks at what other extensions ask before it is used: they may be written without types. */
import { field } from '../json';
import { ApiError } from './apiError';
import type { ChatMessage, ChatRequest, CompletionRequest } from './minnow';

/** In UTF-16 code units. */
const MOST_TO_COMPLETE = 1_000_000;
const MOST_TO_ANSWER = 400_000;
const MOST_NAME = 1_000;
const MOST_MESSAGES = 200;
const MOST_TOKENS = 8_192;
const MOST_TEMPERATURE = 2;

/** @throws ApiError */
export function completionRequestIn(asked: unknown): Required<CompletionRequest> {
  const [languageId, before, after] = ['languageId', 'before', 'after'].map((name) => textIn(asked, name));
  const path = textIn(asked, 'path', '');
  if (languageId === undefined || before === undefined || after === undefined || path === undefined)
    throw new ApiError('invalid', 'A completion needs languageId, before and after, which are strings.');
  if (before.length + after.length > MOST_TO_COMPLETE || languageId.length > MOST_NAME || path.length > MOST_NAME)
    throw new ApiError('tooLong', `A completion takes ${MOST_TO_COMPLETE} characters at most.`);
  return { languageId, before, after, path };
}

/** @throws ApiError */
export function chatRequestIn(asked: unknown): ChatRequest {
  const messages = messagesIn(asked);
  const instructions = textIn(asked, 'instructions', '');
  if (messages?.at(-1)?.role !== 'user' || instructions === undefined)
    throw new ApiError('invalid', 'A chat needs messages with a role and a text, of which the last is the user’s.');
  const length = messages.reduce((sum, { text }) => sum + text.length, instructions.length);
  if (length > MOST_TO_ANSWER || messages.length > MOST_MESSAGES)
    throw new ApiError('tooLong', `A chat takes ${MOST_MESSAGES} messages and ${MOST_TO_ANSWER} characters at most.`);
  const maxTokens = numberIn(asked, 'maxTokens', 1, MOST_TOKENS);
  const temperature = numberIn(asked, 'temperature', 0, MOST_TEMPERATURE);
  return {
    messages,
    instructions,
    ...(maxTokens === undefined ? {} : { maxTokens: Math.floor(maxTokens) }),
    ...(temperature === undefined ? {} : { temperature }),
  };
}

function messagesIn(asked: unknown): readonly ChatMessage[] | undefined {
  const list = field(asked, 'messages');
  if (!Array.isArray(list)) return undefined;
  const messages = list.flatMap((each: unknown): ChatMessage[] => {
    const role = field(each, 'role');
    const text = textIn(each, 'text');
    return (role === 'user' || role === 'assistant') && text !== undefined ? [{ role, text }] : [];
  });
  return messages.length === list.length ? messages : undefined;
}

/** undefined where it is absent. @throws ApiError */
function numberIn(asked: unknown, name: string, least: number, most: number): number | undefined {
  const value = field(asked, name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new ApiError('invalid', `${name} is a number from ${least} to ${most}.`);
  return value;
}

/** undefined where it is no text. @param fallback where it is absent */
function textIn(asked: unknown, name: string, fallback?: string): string | undefined {
  const value = field(asked, name) ?? fallback;
  return typeof value === 'string' ? value : undefined;
}

/** What of the editor's tokens is needed. */
interface Token {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** undefined where none was given. @throws ApiError */
export function tokenIn(asked: unknown): Token | undefined {
  if (asked === undefined || asked === null) return undefined;
  if (isToken(asked)) return asked;
  throw new ApiError('invalid', 'A token is a vscode.CancellationToken.');
}

function isToken(asked: unknown): asked is Token {
  return (
    typeof field(asked, 'onCancellationRequested') === 'function' &&
    typeof field(asked, 'isCancellationRequested') === 'boolean'
  );
}

/** One that does nothing where none was given. @throws ApiError */
export function listenerIn(asked: unknown): (piece: string) => void {
  if (asked === undefined || asked === null) return () => undefined;
  if (typeof asked === 'function') return (piece) => void Reflect.apply(asked, undefined, [piece]);
  throw new ApiError('invalid', 'onText is a function.');
}
