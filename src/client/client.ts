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
  readonly #subscription: vscode.Disposable;

  constructor(modelFile: ModelFile, { settings, ghostText, ...options }: ClientOptions) {
    const clientOptions = (): LanguageClientOptions => ({
      documentSelector: codeSchemes().map((scheme) => ({ scheme })),
      initializationOptions: forServer(settings.current),
      middleware: { provideInlineCompletionItems: ghostText },
    });
    this.process = new ServerProcess(modelFile, {
      ...options,
      clientOptions,
      onCreated: (client) => {
        client.onNotification(DidSettle, (settled) => this.#settled.fire(settled));
        client.onNotification(DidAnswer, (outcome) => this.#answered.fire(outcome));
        client.onNotification(DidExtend, (extended) => this.#extended.fire(extended));
      },
    });
    this.onDidChangeStatus = this.process.onDidChangeStatus;
    this.#subscription = vscode.Disposable.from(
      settings.onDidChange((change) => this.#settingsChanged(change)),
      // Documents of a new kind are told to a new connection only.
      onNewScheme(() => void this.restart()),
    );
  }

  get status(): ClientStatus {
    return this.process.status;
  }

  restart(): Promise<void> {
    return this.process.restart();
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

  /** Names what may be shown to the model beside the text that is edited: documents, the most recently used first, and definitions. */
  async tellNeighbours(documents: readonly vscode.TextDocument[], definitions: readonly Piece[]): Promise<void> {
    const uris = documents.map(({ uri }) => uri.toString());
    await this.process.connection?.sendNotification(DidChangeNeighbours, { uris, definitions });
  }

  /** What fits into a text that is no document; null where there is nothing to say. @throws ChatError when it cannot be said */
  completeText(params: CompleteTextParams, signal: AbortSignal): Promise<CompletedText | null> {
    const get = (): Promise<ServerProcess> => Promise.resolve(this.process);
    return asking(get, signal, (connection) => connection.sendRequest(CompleteTextRequest, params, tokenOf(signal)));
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
    if (JSON.stringify(before.engine) !== JSON.stringify(now.engine)) void this.restart();
    else void this.process.connection?.sendNotification(DidChangeSettings, forServer(now));
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    this.#settled.dispose();
    this.#answered.dispose();
    this.#extended.dispose();
    await this.process.dispose();
  }
}
