/** What a window tells about itself: its settings, its folders, and which of its documents may be shown beside others. */
import {
  type Connection,
  Emitter,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { DidChangeNeighbours, DidChangeSettings, type NeighboursParams, type Settings } from './protocol';
import { folderUrisIn, neighboursIn, settingsIn } from './wellFormed';

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
      this.settings = settingsIn(settings) ?? this.settings;
    });
    connection.onNotification(DidChangeNeighbours, (neighbours) => {
      this.neighbours = neighboursIn(neighbours);
      this.#neighboursChanged.fire();
    });
  }

  #initialize(params: InitializeParams): InitializeResult {
    this.settings = settingsIn(params.initializationOptions) ?? this.settings;
    this.folders = folderUrisIn(params, 'workspaceFolders');
    this.#tellsFolders = params.capabilities.workspace?.workspaceFolders === true;
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
    this.connection.workspace.onDidChangeWorkspaceFolders((event) => {
      const gone = new Set(folderUrisIn(event, 'removed'));
      this.folders = [...this.folders.filter((uri) => !gone.has(uri)), ...folderUrisIn(event, 'added')];
    });
  }
}
