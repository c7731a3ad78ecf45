/** What requests to a model that chats have in common: a model that does not is refused, and refusals are told as the protocol has them. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { withSignal } from '../cancellation';
import { ChatErrors } from '../chatProtocol';
import { CancelledError, messageOf, UserError } from '../errors';
import type { ChatLlm, Llm } from '../llm/llm';
import { ChatRefusal, MalformedError } from './refusal';

/** @throws ChatRefusal where the model does not chat */
export function chatOf({ chat }: Llm): ChatLlm {
  if (chat === undefined) throw new ChatRefusal('noChat', 'the model has no chat template');
  return chat;
}

/**
 * The work's outcome, which ends when the token is cancelled. What the client cannot expect goes to the log as well.
 *
 * @throws ResponseError for all that the client can expect
 */
export async function told<T>(
  { console }: Pick<Connection, 'console'>,
  token: CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await withSignal(token, work);
  } catch (error) {
    const response = asResponse(error);
    if (response === error) console.error(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
    throw response;
  }
}

function asResponse(error: unknown): unknown {
  if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  if (error instanceof ChatRefusal) return new ResponseError(ChatErrors[error.code], error.message);
  if (error instanceof MalformedError) return new ResponseError(ErrorCodes.InvalidParams, error.message);
  if (error instanceof UserError)
    return new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error), { code: error.code });
  return error;
}
