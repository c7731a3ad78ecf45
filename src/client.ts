/** The server process: starts it, tells its status, and replaces it when it has died or must run with other options. */
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type ServerOptions,
  TransportKind,
} from 'vscode-languageclient/node';
import { DidMeasureHole, MeasureHolesRequest, type MeasureParams, type MeasureReport } from '../server/measureProtocol';
import {
  type Backend,
  DidChangeNeighbours,
  DidChangeSettings,
  DidChangeStatus,
  DidExtend,
  DidMoveCursor,
  DidSettle,
  type Outcome,
  OutcomeRequest,
  type Piece,
  type Settled,
  type Status,
} from '../server/protocol';
import { SCHEMES } from './completion/policy';
import { serverArgs, serverEnv } from './model/launch';
import { checkModelFile, type Memory, type ModelFile } from './model/store';
import { type Death, recover } from './recovery';
import { forServer, type Settings, type SettingsSource } from './settings';

/** The server's own status, or `stopped`: it died too often and waits to be asked. */
export type ClientStatus = Status | { readonly state: 'stopped' };

type Provide = vscode.InlineCompletionItemProvider['provideInlineCompletionItems'];

/** A provider of ghost text that may ask `next`, the server. */
export type Gate = (...request: [...Parameters<Provide>, next: Provide]) => ReturnType<Provide>;

export interface ClientOptions {
  /** Path of the bundled server. */
  readonly serverModule: string;
  readonly modelFile: ModelFile;
  readonly memory: Memory;
  readonly settings: SettingsSource;
  readonly log: vscode.LogOutputChannel;
  /** Stands between the editor and the server's ghost text. */
  readonly ghostText: Gate;
}

export class Client implements vscode.Disposable {
  #client: LanguageClient | undefined;
  #status: ClientStatus;
  #deaths: Death[] = [];
  readonly #statusChanged = new vscode.EventEmitter<ClientStatus>();
  readonly onDidChangeStatus = this.#statusChanged.event;
  readonly #settled = new vscode.EventEmitter<Settled>();
  /** A suggestion was accepted, typed through or refused. */
  readonly onDidSettle = this.#settled.event;
  readonly #extended = new vscode.EventEmitter<{ readonly uri: string; readonly version: number }>();
  /** There is more to show for this version of a document than was answered. */
  readonly onDidExtend = this.#extended.event;
  readonly #subscription: vscode.Disposable;

  constructor(private readonly options: ClientOptions) {
    this.#status = { state: 'loading', model: options.modelFile.model.name, percent: 0 };
    this.#subscription = options.settings.onDidChange((change) => this.#settingsChanged(change));
  }

  get status(): ClientStatus {
    return this.#status;
  }

  /** Starts the server; again, when it runs already, or had given up. Never throws: the status tells. */
  async restart(): Promise<void> {
    this.#deaths = [];
    await this.#replace(this.options.settings.current.engine.backend);
  }

  /** How the last request for ghost text ended; null before the first one, and while no server runs. */
  async lastOutcome(): Promise<Outcome | null> {
    return this.#client?.isRunning() ? this.#client.sendRequest(OutcomeRequest) : null;
  }

  /** Lets the server read in advance what will be asked for at this place. */
  async tellCursor(document: vscode.TextDocument, { line, character }: vscode.Position): Promise<void> {
    if (this.#client?.isRunning())
      await this.#client.sendNotification(DidMoveCursor, { uri: document.uri.toString(), line, character });
  }

  /** Names what may be shown to the model beside the text that is edited: documents, the most recently used first, and definitions. */
  async tellNeighbours(documents: readonly vscode.TextDocument[], definitions: readonly Piece[]): Promise<void> {
    const uris = documents.map(({ uri }) => uri.toString());
    if (this.#client?.isRunning()) await this.#client.sendNotification(DidChangeNeighbours, { uris, definitions });
  }

  /** Measures completion on files; undefined when the person cancelled it. */
  async measure(
    params: MeasureParams,
    token: vscode.CancellationToken,
    onHole: (done: number, of: number) => void,
  ): Promise<MeasureReport | undefined> {
    const client = this.#client;
    const listening = client?.onNotification(DidMeasureHole, ({ done, of }) => onHole(done, of));
    try {
      return await client?.sendRequest(MeasureHolesRequest, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening?.dispose();
    }
  }

  async #replace(backend: Backend | 'auto'): Promise<void> {
    const { modelFile, memory, log } = this.options;
    const old = this.#client;
    this.#client = undefined;
    const { model } = modelFile;
    this.#set({ state: 'loading', model: model.name, percent: 0 });
    if (old)
      await old.dispose().catch((error: unknown) => log.warn(`The old server did not stop in time: ${String(error)}`));
    const flaw = await checkModelFile(modelFile, memory);
    if (flaw) return this.#set({ state: 'failed', model: model.name, code: flaw, detail: modelFile.file });
    const client = this.#create(backend);
    this.#client = client;
    // A failure to start closes the connection, and that is dealt with there.
    await client.start().catch((error: unknown) => log.error(`The server did not start: ${String(error)}`));
  }

  #create(backend: Backend | 'auto'): LanguageClient {
    const { log, ghostText, settings } = this.options;
    const isCurrent = (): boolean => this.#client === client;
    const clientOptions: LanguageClientOptions = {
      documentSelector: SCHEMES.map((scheme) => ({ scheme })),
      initializationOptions: forServer(settings.current),
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: { provideInlineCompletionItems: ghostText },
      stdioOptions: { stdout: logQuietly, stderr: logQuietly },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          if (isCurrent()) this.#died(backend);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
    const client = new LanguageClient('minnow', 'Minnow', this.#serverOptions(backend), clientOptions);
    client.onNotification(DidChangeStatus, (status) => {
      if (isCurrent()) this.#set(status);
    });
    client.onNotification(DidSettle, (settled) => this.#settled.fire(settled));
    client.onNotification(DidExtend, (extended) => this.#extended.fire(extended));
    return client;
  }

  #serverOptions(backend: Backend | 'auto'): ServerOptions {
    const { serverModule, modelFile, settings } = this.options;
    return {
      module: serverModule,
      transport: TransportKind.ipc,
      args: serverArgs(modelFile, { ...settings.current.engine, backend }),
      options: { env: { ...process.env, ...serverEnv }, execArgv: [] },
    };
  }

  #died(backend: Backend | 'auto'): void {
    const death = { at: performance.now(), whileLoading: this.#status.state === 'loading', backend };
    this.#deaths.push(death);
    const recovery = recover(this.#deaths);
    this.options.log.warn(`The server process has ended unasked; next: ${JSON.stringify(recovery)}`);
    // Its connection is closed: there is nothing left to stop.
    this.#client = undefined;
    if (recovery.action === 'giveUp') this.#set({ state: 'stopped' });
    else void this.#replace(recovery.backend);
  }

  #settingsChanged({ before, now }: { readonly before: Settings; readonly now: Settings }): void {
    if (JSON.stringify(before.engine) !== JSON.stringify(now.engine)) void this.restart();
    else if (this.#client?.isRunning()) void this.#client.sendNotification(DidChangeSettings, forServer(now));
  }

  #set(status: ClientStatus): void {
    this.#status = status;
    this.#statusChanged.fire(status);
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    this.#statusChanged.dispose();
    this.#settled.dispose();
    this.#extended.dispose();
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }
}

/** The engine's own words: none of them are for the reader of a log at the usual level. */
function logQuietly(stream: NodeJS.ReadableStream, channel: vscode.LogOutputChannel): void {
  stream.on('data', (data: Buffer) => channel.debug(String(data).trim()));
}
