/** The process that runs one model for this window: starts it, follows its status, and replaces it when it has died or must run another one. */
import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions } from 'vscode-languageclient/node';
import { type Backend, SleepRequest, type Status } from '../../server/protocol';
import { type Death, recover } from '../recovery';
import type { Launch } from './launch';
import { checkModelFile, type Memory, type ModelFile } from './modelFile';
import type { Leaving, RunningServer } from './runningServer';

/** The server's own status, or what the client knows before there is one: it died too often and waits to be asked. */
export type ClientStatus = Status | { readonly state: 'stopped' };

/** How a process shall be started for a model, as settings, machine and history have it. */
export type PlanLaunch = (modelFile: ModelFile) => Promise<Launch>;

export interface ProcessOptions {
  /** Path of the bundled server. */
  readonly serverModule: string;
  readonly memory: Memory;
  readonly log: vscode.LogOutputChannel;
  readonly planLaunch: PlanLaunch;
  /** What the process is told and asked besides its status; called for each process that is started. */
  readonly clientOptions: () => LanguageClientOptions;
  readonly onCreated?: (client: LanguageClient) => void;
}

export class ServerProcess implements vscode.Disposable {
  #running: RunningServer | undefined;
  /** Settles when those before it have ended. */
  #ending = Promise.resolve();
  #worked: ModelFile | undefined;
  #isStarted = false;
  #isDisposed = false;
  #status: ClientStatus;
  #deaths: Death[] = [];
  #starting: AbortController | undefined;
  readonly #statusChanged = new vscode.EventEmitter<ClientStatus>();
  readonly onDidChangeStatus = this.#statusChanged.event;
  readonly #died = new vscode.EventEmitter<Death>();
  /** The process has ended unasked. */
  readonly onDidDie = this.#died.event;

  constructor(
    private modelFile: ModelFile,
    private readonly options: ProcessOptions,
  ) {
    this.#status = { state: 'asleep', model: modelFile.model.name };
  }

  get status(): ClientStatus {
    return this.#status;
  }

  /** The model that it runs, or shall run. */
  get model(): ModelFile {
    return this.modelFile;
  }

  /** The model that came up last. */
  get worked(): ModelFile | undefined {
    return this.#worked;
  }

  /** Whether anybody has needed it yet. Until then it is asleep, and no process is there. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** The connection, while the server runs. */
  get connection(): LanguageClient | undefined {
    return this.#running?.connection;
  }

  /** Names the model that it shall run when it is started. */
  take(modelFile: ModelFile): void {
    this.modelFile = modelFile;
    if (!this.#isStarted) this.#set({ state: 'asleep', model: modelFile.model.name });
  }

  /** Starts the process; another one, when it runs already, or had given up. Never throws: the status tells. */
  async restart(modelFile = this.modelFile): Promise<void> {
    this.modelFile = modelFile;
    this.#deaths = [];
    await this.#replace();
  }

  /** The same, where it was started at all: what it is started with has changed. */
  async refresh(): Promise<void> {
    if (this.#isStarted) await this.restart();
  }

  /** The same, and for all windows that share the process: a person wants a new one. */
  async renew(): Promise<void> {
    this.#deaths = [];
    await this.#replace(undefined, 'all');
  }

  /**
   * Runs another model. When that does not load, what ran before is started again.
   *
   * @returns the status with which the other model came up, or failed to; undefined when another switch came in between, and this one is
   * void
   */
  async switchTo(modelFile: ModelFile): Promise<ClientStatus | undefined> {
    const before = this.#worked ?? this.modelFile;
    await this.restart(modelFile);
    const outcome = await this.settled();
    if (this.#isDisposed || this.modelFile !== modelFile) return undefined;
    if (outcome.state === 'failed' || outcome.state === 'stopped') await this.restart(before);
    return outcome;
  }

  /** The first status from now on that is not about loading. */
  settled(): Promise<ClientStatus> {
    if (this.#status.state !== 'loading') return Promise.resolve(this.#status);
    return new Promise((resolve) => {
      const subscription = this.onDidChangeStatus((status) => {
        if (status.state === 'loading') return;
        subscription.dispose();
        resolve(status);
      });
    });
  }

  /** Frees the model's memory until the next request; not while one is being answered. */
  async sleep(): Promise<void> {
    // One that ends meanwhile has freed it as well.
    await this.connection
      ?.sendRequest(SleepRequest)
      .catch((error: unknown) => this.options.log.info(`The model was not unloaded: ${String(error)}`));
  }

  /** Ends the process, where no other window needs it. The next `restart` starts another. */
  async stop(): Promise<void> {
    this.#starting?.abort();
    await this.#end('alone');
  }

  /** Settles when no process is left of those that were started so far, but for other windows: the next one needs their memory. */
  #end(leaving: Leaving): Promise<void> {
    const old = this.#running;
    this.#running = undefined;
    this.#ending = this.#ending.then(() => old?.end(leaving));
    return this.#ending;
  }

  /** Never throws: what the system does not allow is a failure to start. */
  async #replace(backend?: Backend | 'auto', leaving: Leaving = 'alone'): Promise<void> {
    const { log } = this.options;
    const { name } = this.modelFile.model;
    this.#starting?.abort();
    if (this.#isDisposed) return;
    this.#isStarted = true;
    const starting = new AbortController();
    this.#starting = starting;
    this.#set({ state: 'loading', model: name, percent: 0 });
    try {
      await this.#end(leaving);
      await this.#start(backend, starting.signal);
    } catch (error) {
      log.error(`The server was not started: ${String(error)}`);
      if (!starting.signal.aborted)
        this.#set({ state: 'failed', model: name, code: 'engineFailed', detail: String(error) });
    }
  }

  async #start(backend: Backend | 'auto' | undefined, signal: AbortSignal): Promise<void> {
    const { memory, planLaunch } = this.options;
    const { modelFile } = this;
    const { name } = modelFile.model;
    if (signal.aborted) return;
    const flaw = await checkModelFile(modelFile, memory);
    if (signal.aborted) return;
    if (flaw) return this.#set({ state: 'failed', model: name, code: flaw, detail: modelFile.file });
    const planned = await planLaunch(modelFile);
    if (signal.aborted) return;
    // The library that it speaks by is loaded here: it costs more than all else of the extension, and nobody waits for it.
    const { RunningServer } = await import('./runningServer');
    if (signal.aborted) return;
    const running = this.#create(RunningServer, { ...planned, backend: backend ?? planned.backend });
    this.#running = running;
    await running.start();
  }

  #create(Running: typeof RunningServer, launch: Launch): RunningServer {
    const { serverModule, log, clientOptions, onCreated } = this.options;
    const isCurrent = (): boolean => this.#running === running;
    const running: RunningServer = new Running({
      serverModule,
      modelFile: this.modelFile,
      launch,
      log,
      clientOptions: clientOptions(),
      onCreated: (client) => onCreated?.(client),
      onStatus: (status) => isCurrent() && this.#set(status),
      onClosed: ({ isRestart, whileLoading }) => {
        if (!isCurrent()) return;
        // Its connection is closed: there is nothing left to stop.
        this.#running = undefined;
        if (isRestart) void this.#replace();
        else this.#ended({ at: performance.now(), whileLoading, backend: launch.backend });
      },
    });
    return running;
  }

  #ended(death: Death): void {
    this.#deaths.push(death);
    this.#died.fire(death);
    const recovery = recover(this.#deaths);
    this.options.log.warn(`The server process has ended unasked; next: ${JSON.stringify(recovery)}`);
    if (recovery.action === 'giveUp') this.#set({ state: 'stopped' });
    else void this.#replace(recovery.backend);
  }

  #set(status: ClientStatus): void {
    this.#status = status;
    // One that sleeps was awake, in another window perhaps.
    if (status.state === 'ready' || (status.state === 'asleep' && this.#isStarted)) this.#worked = this.modelFile;
    this.#statusChanged.fire(status);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    // Whoever waits for it to load hears that it will not.
    if (this.#status.state === 'loading') this.#set({ state: 'stopped' });
    this.#statusChanged.dispose();
    this.#died.dispose();
    this.#starting?.abort();
    await this.#end('closing');
  }
}
