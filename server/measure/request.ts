/** `MeasureHolesRequest`: a person asked and waits, so unlike for typing a refusal and a bug are told. */
import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { withSignal } from '../cancellation';
import type { EngineWindow } from '../engineWindow';
import { CancelledError, messageOf, UserError } from '../errors';
import { DidMeasureHole, MeasureHolesRequest } from '../measureProtocol';
import type { Settings } from '../protocol';
import { type Measuring, measure } from './measure';

/** What of the server of now a measurement needs. */
export interface Measured {
  readonly engine: EngineWindow;
  readonly settings: () => Settings;
  /** See `Measuring`. */
  readonly syntax: Measuring['syntax'];
}

export function answerMeasureHoles(connection: Connection, { engine, settings, syntax }: Measured): void {
  connection.onRequest(MeasureHolesRequest, (params, token) =>
    told(token, (cancelled) => {
      const onHole: Measuring['onHole'] = (hole, done, of) =>
        void connection.sendNotification(DidMeasureHole, { ...hole, done, of });
      const measuring = { ...params, settings: settings(), syntax, onHole };
      return engine.use((llm, signal) => measure(llm, measuring, signal), cancelled);
    }),
  );
}

async function told<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await withSignal(token, work);
  } catch (error) {
    if (error instanceof CancelledError) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
    if (error instanceof UserError)
      throw new ResponseError(LSPErrorCodes.RequestFailed, messageOf(error), { code: error.code });
    throw error;
  }
}
