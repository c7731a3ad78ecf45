/** `MeasureSpeedRequest`: a person waits for it, so a refusal is told. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { withSignal } from '../cancellation';
import type { EngineWindow } from '../engineWindow';
import { CancelledError, InterruptedError, messageOf, UserError } from '../errors';
import { MeasureSpeedRequest } from '../protocol';

/** Fails with `RequestCancelled`, with `ServerCancelled` where the typing left it no time, or with the code of a refusal as data. */
export function answerMeasureSpeed(connection: Connection, engine: EngineWindow): void {
  connection.onRequest(MeasureSpeedRequest, async (token: CancellationToken) => {
    try {
      return await withSignal(token, (cancelled) => engine.use((llm, signal) => llm.measureSpeed(signal), cancelled));
    } catch (error) {
      throw told(error);
    }
  });
}

function told(error: unknown): unknown {
  if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  if (error instanceof InterruptedError) return new ResponseError(LSPErrorCodes.ServerCancelled, error.message);
  if (error instanceof UserError)
    return new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error), { code: error.code });
  return error;
}
