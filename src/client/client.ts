/** The server of the editor's documents, as typed calls: completion, its measurements, and what the server must know for them. */
import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient/node';
import {
  DidMeasureHole,
  MeasureHolesRequest,
  type MeasureParams,
  type MeasureReport,
} from '../../server/measureProtocol';
import {
  type CompletedText,
  type CompleteTextParams,
  CompleteTextRequest,
  DidAnswer,
  DidChangeNeighbours,
  DidChangeSettings,
  DidExtend,
  DidMoveCursor,
  DidSettle,
  type Outcome,
  OutcomeRequest,
  type Piece,
  type Settled,
} from '../../server/protocol';
import { DidAnswerTyping, DidWatchTyping } from '../../server/sharedProtocol';
import type { Power } from '../power/power';
import { codeSchemes, onNewScheme } from '../schemes';
import { forServer, type Settings, type SettingsSource } from '../settings';
import { asking } from './asking';
import type { ModelFile } from './modelFile';
import { type ClientStatus, type ProcessOptions, ServerProcess } from './serverProcess';
import { tokenOf } from './signals';

type Provide = vscode.InlineCompletionItemProvider['provideInlineCompletionItems'];

/** A provider of ghost text that may ask `next`, the server. */
export type Gate = (...request: [...Parameters<Provide>, next: Provide]) => ReturnType<Provide>;

export interface ClientOptions extends Omit<ProcessOptions, 'clientOptions' | 'onCreated'> {
  readonly settings: SettingsSource;
  /** Starts the process where nobody has needed it yet, and gives it back. */
  readonly begin: () => Promise<ServerProcess>;
  /** Whether power is saved. */
  readonly power: Pick<Power, 'isSaving' | 'onDidChange'>;
  /** Stands between the editor and the server's ghost text. */
  readonly ghostText: Gate;
}

export class Client implements vscode.Disposable {
  /** The process that runs the completion model. */
  readonly process: ServerProcess;
  readonly onDidChangeStatus: vscode.Event<ClientStatus>;
  readonly #settled = new vscode.EventEmitter<Settled>();
  /** A suggestion was accepted, typed through or refused. */
  readonly onDidSettle = this.#settled.event;
  readonly #answered = new vscode.EventEmitter<Outcome>();
  /** A request for ghost text has ended. */
  readonly onDidAnswer = this.#answered.event;
  readonly #extended = new vscode.EventEmitter<{ readonly uri: string; readonly version: number }>();
  /** There is more to show for this version of a document than was answered. */
  readonly onDidExtend = this.#extended.event;
  readonly #answers = new vscode.EventEmitter<boolean>();
  /** Typing is answered, or no more, in whatever window; told while it is watched. */
  readonly onDidAnswerTyping = this.#answers.event;
  #isWatching = false;
  readonly #subscription: vscode.Disposable;

  constructor(
    modelFile: ModelFile,
    private readonly options: ClientOptions,
  ) {
    const { settings, power, ghostText, begin: _, ...forProcess } = options;
    const clientOptions = (): LanguageClientOptions => ({
      documentSelector: codeSchemes().map((scheme) => ({ scheme })),
      initializationOptions: forServer(settings.current, power.isSaving),
      middleware: { provideInlineCompletionItems: ghostText },
    });
    this.process = new ServerProcess(modelFile, {
      ...forProcess,
      clientOptions,
      onCreated: (client) => {
        client.onNotification(DidSettle, (settled) => this.#settled.fire(settled));
        client.onNotification(DidAnswer, (outcome) => this.#answered.fire(outcome));
        client.onNotification(DidExtend, (extended) => this.#extended.fire(extended));
        client.onNotification(DidAnswerTyping, ({ busy }) => this.#answers.fire(busy));
      },
    });
    this.onDidChangeStatus = this.process.onDidChangeStatus;
    this.onDidChangeStatus(({ state }) => {
      if (!this.#isWatching) return;
      // Another process knows nothing of it, and says how it is; one that is gone answers no typing.
      if (state === 'ready') this.watchTyping(true);
      else this.#answers.fire(false);
    });
    this.#subscription = vscode.Disposable.from(
      settings.onDidChange((change) => this.#settingsChanged(change)),
      power.onDidChange(() => this.#tellSettings()),
      // Documents of a new kind are told to a new connection only.
      onNewScheme(() => void this.process.refresh()),
    );
  }

  get status(): ClientStatus {
    return this.process.status;
  }

  /** Starts the model where nobody has needed it yet, and waits until it is loaded or is not going to be. */
  async begin(): Promise<ClientStatus> {
    return (await this.options.begin()).settled();
  }

  /** How the last request for ghost text ended; null before the first one, and while no server runs. */
  async lastOutcome(): Promise<Outcome | null> {
    // A server that dies at this moment has no answer either.
    return (await this.process.connection?.sendRequest(OutcomeRequest).catch(() => null)) ?? null;
  }

  /** Lets the server read in advance what will be asked for at this place. */
  async tellCursor(document: vscode.TextDocument, { line, character }: vscode.Position): Promise<void> {
    await this.process.connection?.sendNotification(DidMoveCursor, { uri: document.uri.toString(), line, character });
  }

  /** Whether typing in any window is of interest. */
  watchTyping(on: boolean): void {
    this.#isWatching = on;
    // A process that ends meanwhile answers no typing.
    this.process.connection?.sendNotification(DidWatchTyping, { on }).catch(() => undefined);
  }

  /** Names what may be shown to the model beside the text that is edited: documents, the most recently used first, and definitions. */
  async tellNeighbours(documents: readonly vscode.TextDocument[], definitions: readonly Piece[]): Promise<void> {
    const uris = documents.map(({ uri }) => uri.toString());
    await this.process.connection?.sendNotification(DidChangeNeighbours, { uris, definitions });
  }

  /** What fits into a text that is no document; null where there is nothing to say. @throws ChatError when it cannot be said */
  completeText(params: CompleteTextParams, signal: AbortSignal): Promise<CompletedText | null> {
    return asking(this.options.begin, signal, (connection) =>
      connection.sendRequest(CompleteTextRequest, params, tokenOf(signal)),
    );
  }

  /** Measures completion on files; undefined when the person cancelled it. */
  async measure(
    params: MeasureParams,
    token: vscode.CancellationToken,
    onHole: (done: number, of: number) => void,
  ): Promise<MeasureReport | undefined> {
    const { connection } = this.process;
    const listening = connection?.onNotification(DidMeasureHole, ({ done, of }) => onHole(done, of));
    try {
      return await connection?.sendRequest(MeasureHolesRequest, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening?.dispose();
    }
  }

  #settingsChanged({ before, now }: { readonly before: Settings; readonly now: Settings }): void {
    if (JSON.stringify(before.engine) !== JSON.stringify(now.engine)) void this.process.refresh();
    else this.#tellSettings();
  }

  #tellSettings(): void {
    const { settings, power } = this.options;
    void this.process.connection?.sendNotification(DidChangeSettings, forServer(settings.current, power.isSaving));
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    this.#settled.dispose();
    this.#answered.dispose();
    this.#extended.dispose();
    this.#answers.dispose();
    await this.process.dispose();
  }
}
