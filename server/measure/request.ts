/** `MeasureHolesRequest`: a person asked and waits, so unlike for typing a refusal and a bug are told. */
import type { Connection } from 'vscode-languageserver';
import type { EngineWindow } from '../engineWindow';
import { DidMeasureHole, MeasureHolesRequest } from '../measureProtocol';
import type { Settings } from '../protocol';
import { told } from '../told';
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
