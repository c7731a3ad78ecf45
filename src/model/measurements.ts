/** How fast models were on this machine: measured on request, and kept. */
import * as vscode from 'vscode';
import { MeasureSpeedRequest } from '../../server/protocol';
import type { Memory } from '../client/modelFile';
import type { ServerProcess } from '../client/serverProcess';
import type { Measured } from './advice/speed';

const KEY = 'model.speeds';

export class Measurements implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  constructor(
    private readonly memory: Memory,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The newest of each model with each backend. */
  get all(): readonly Measured[] {
    const kept = this.memory.get(KEY);
    return Array.isArray(kept) ? kept.filter(isMeasured) : [];
  }

  /** Of the model of a process: with what runs it now, or, while nothing does, with whatever ran it before. */
  of({ model, status }: ServerProcess): Measured | undefined {
    return this.all.find(
      ({ modelId, backend }) => modelId === model.model.id && (status.state !== 'ready' || backend === status.backend),
    );
  }

  /**
   * Measures the model of a process, in ten seconds at most, and keeps the figures.
   *
   * @returns undefined when the model is not there to be measured or did not come to it, or the person cancelled it
   */
  async take(process: ServerProcess, token: vscode.CancellationToken): Promise<Measured | undefined> {
    const { connection, model } = process;
    if (connection === undefined) return undefined;
    const speed = await connection.sendRequest(MeasureSpeedRequest, token).catch((error: unknown) => {
      if (!token.isCancellationRequested) this.log.warn(`The speed was not measured: ${String(error)}`);
      return undefined;
    });
    const { status } = process;
    if (speed === undefined || status.state !== 'ready') return undefined;
    const measured = { ...speed, modelId: model.model.id, backend: status.backend, when: Date.now() };
    const others = this.all.filter((each) => each.modelId !== measured.modelId || each.backend !== measured.backend);
    await this.memory.update(KEY, [...others, measured]);
    this.#changed.fire();
    return measured;
  }

  /** The same with a notification that says so and can be cancelled. */
  takeVisibly(process: ServerProcess): Thenable<Measured | undefined> {
    const title = vscode.l10n.t('Measuring {0} for ten seconds', process.model.model.name);
    return vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_, token) => this.take(process, token),
    );
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** What another version has kept may look different. */
function isMeasured(value: unknown): value is Measured {
  return (
    typeof value === 'object' &&
    value !== null &&
    'modelId' in value &&
    'backend' in value &&
    'lineMs' in value &&
    'readPerSecond' in value &&
    'writtenPerSecond' in value &&
    'when' in value
  );
}
