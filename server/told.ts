/** The edge of a request that somebody asked for and waits for: unlike for typing, a refusal and a bug are told. */
import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { withSignal } from './cancellation';
import { CancelledError, messageOf, UserError } from './errors';

/** @throws ResponseError `RequestCancelled`, or `RequestFailed` with the code of a refusal as data; what is a bug as it is */
export async function told<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await withSignal(token, work);
  } catch (error) {
    if (error instanceof CancelledError) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
    if (error instanceof UserError)
      throw new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error), { code: error.code });
    throw error;
  }
}
