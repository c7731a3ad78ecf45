/** The one model of this process: loads in the background, tells its status, and is handed to whoever waits for it. */
import { Emitter, type Event } from 'vscode-languageserver';
import { messageOf, orAborted, UserError } from './errors';
import type { Llm } from './llm/llm';
import type { Status } from './protocol';

export interface Engine {
  readonly status: Status;
  readonly onDidChangeStatus: Event<Status>;
  /**
   * The model, once it is loaded.
   *
   * @throws CancelledError when the signal is aborted first, UserError when loading failed
   */
  ready(signal: AbortSignal): Promise<Llm>;
}

/**
 * Starts to load at once and never blocks.
 *
 * @param model its name, for people
 * @param load loads the model; reports 0 to 100
 */
export function startEngine(model: string, load: (onPercent: (percent: number) => void) => Promise<Llm>): Engine {
  const changed = new Emitter<Status>();
  let status: Status = { state: 'loading', model, percent: 0 };
  const set = (next: Status): void => {
    status = next;
    changed.fire(next);
  };
  const llm = load((percent) => {
    if (status.state === 'loading' && percent !== status.percent) set({ state: 'loading', model, percent });
  });
  llm.then(
    ({ facts }) => {
      const { backend, fallback, threads, gpuLayers, layers, contextSize, completes } = facts;
      const startMs = Math.round(process.uptime() * 1000);
      set({
        state: 'ready',
        model,
        backend,
        ...(fallback ? { fallback } : {}),
        threads,
        gpuLayers,
        layers,
        contextSize,
        completes,
        startMs,
      });
    },
    (error: unknown) => {
      const code = error instanceof UserError ? error.code : 'engineFailed';
      set({ state: 'failed', model, code, detail: messageOf(error) });
    },
  );
  return {
    get status() {
      return status;
    },
    onDidChangeStatus: changed.event,
    ready: (signal) => orAborted(llm, signal),
  };
}
