/** What a window tells about itself: its settings, its folders, and which of its documents may be shown beside others. */
import {
  type Connection,
  Emitter,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { DidChangeNeighbours, DidChangeSettings, type NeighboursParams, type Settings } from './protocol';

export class Session {
  settings: Settings = { completion: { multiline: true, comments: true } };
  /** URIs of the workspace folders. */
  folders: readonly string[] = [];
  neighbours: NeighboursParams = { uris: [], definitions: [] };
  readonly #neighboursChanged = new Emitter<void>();
  readonly onDidChangeNeighbours = this.#neighboursChanged.event;
  #tellsFolders = false;

  constructor(private readonly connection: Connection) {
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#followFolders());
    connection.onNotification(DidChangeSettings, (settings) => {
      this.settings = settings;
    });
    connection.onNotification(DidChangeNeighbours, (neighbours) => {
      this.neighbours = neighbours;
      this.#neighboursChanged.fire();
    });
  }

  #initialize({ initializationOptions, workspaceFolders, capabilities }: InitializeParams): InitializeResult {
    this.settings = initializationOptions ?? this.settings;
    this.folders = workspaceFolders?.map(({ uri }) => uri) ?? [];
    this.#tellsFolders = capabilities.workspace?.workspaceFolders === true;
    return {
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        inlineCompletionProvider: {},
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  #followFolders(): void {
    if (!this.#tellsFolders) return;
    this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => uri));
      this.folders = [...this.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    });
  }
}
