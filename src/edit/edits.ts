/** The edits that are open, one a document. They follow their documents, whether these are seen or not, and end with them. */
import * as vscode from 'vscode';
import type { ContextItem } from '../../server/chatProtocol';
import type { LineRange } from '../../server/editProtocol';
import type { EditClient } from '../client/editClient';
import type { SettingsSource } from '../settings';
import type { Change } from './changes';
import { EditSession } from './session';

/** An edit and what it is of. */
export interface OpenEdit {
  readonly document: vscode.TextDocument;
  readonly session: EditSession;
  readonly ask: EditAsk;
  /** Where the person was when it began. */
  readonly viewColumn: vscode.ViewColumn | undefined;
  /** Of the document when it began. */
  readonly version: number;
  /** What was selected, and the version of the document then; undefined where nothing was. */
  readonly selected: { readonly selection: vscode.Selection; readonly version: number } | undefined;
}

/** What is asked. */
export interface EditAsk {
  readonly document: vscode.TextDocument;
  readonly range: LineRange;
  readonly instruction: string;
  readonly context: readonly ContextItem[];
  /** Known already: then nobody is asked. */
  readonly lines?: readonly string[];
  /** How often it was asked before. */
  readonly tries?: number;
}

export interface EditsParts {
  readonly client: EditClient;
  readonly settings: SettingsSource;
}

/** Changes are told at most so often, in milliseconds: twenty times a second reads as at once. */
const FRAME_MS = 50;

export class Edits implements vscode.Disposable {
  readonly #open = new Map<string, OpenEdit>();
  readonly #changed = new vscode.EventEmitter<OpenEdit>();
  /** What an edit proposes or is doing has changed, or it has ended. */
  readonly onDidChange = this.#changed.event;
  readonly #lost = new vscode.EventEmitter<OpenEdit>();
  /** The document of an edit was closed, and the edit with it. */
  readonly onDidLose = this.#lost.event;
  readonly #timers = new Map<OpenEdit, NodeJS.Timeout>();
  readonly #subscriptions = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((event) => this.#follow(event)),
    // A document whose language is changed is closed and opened anew, without being closed.
    vscode.workspace.onDidCloseTextDocument((document) => {
      const edit = this.of(document.uri);
      if (edit?.document !== document || !document.isClosed) return;
      this.close(edit);
      this.#lost.fire(edit);
    }),
  );

  constructor(private readonly parts: EditsParts) {}

  get all(): readonly OpenEdit[] {
    return [...this.#open.values()];
  }

  of(uri: vscode.Uri | undefined): OpenEdit | undefined {
    return uri && this.#open.get(uri.toString());
  }

  /** Begins an edit; one that the document has already ends (`Running.makeRoom` asks before). Resolves when nothing more comes. */
  async begin(ask: EditAsk): Promise<OpenEdit> {
    const { document, range, instruction, context, lines } = ask;
    const before = this.of(document.uri);
    if (before) this.close(before);
    const editor = vscode.window.visibleTextEditors.find((each) => each.document === document && each.viewColumn);
    const size = editor?.options.tabSize;
    const session: EditSession = new EditSession({
      client: this.parts.client,
      path: vscode.workspace.asRelativePath(document.uri, false),
      languageId: document.languageId,
      context,
      thinks: this.parts.settings.current.edit.thinking,
      tabSize: typeof size === 'number' ? size : 4,
      lineEnd: document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n',
      onChange: () => this.#tell(edit),
    });
    const edit = {
      document,
      session,
      ask,
      viewColumn: editor?.viewColumn,
      version: document.version,
      selected: editor && collapsed(editor),
    };
    this.#open.set(document.uri.toString(), edit);
    if (lines !== undefined) session.propose(document.getText(), range, instruction, lines);
    else await session.start(document.getText(), range, instruction, ask.tries);
    return edit;
  }

  isOpen(edit: OpenEdit): boolean {
    return this.of(edit.document.uri) === edit;
  }

  close(edit: OpenEdit): void {
    if (!this.isOpen(edit)) return;
    this.#open.delete(edit.document.uri.toString());
    edit.session.dispose();
    clearTimeout(this.#timers.get(edit));
    this.#timers.delete(edit);
    this.#changed.fire(edit);
  }

  dispose(): void {
    for (const edit of this.all) this.close(edit);
    this.#subscriptions.dispose();
    this.#changed.dispose();
    this.#lost.dispose();
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const edit = this.of(document.uri);
    if (edit?.document !== document || contentChanges.length === 0) return;
    edit.session.change(changesOf(contentChanges), document.getText());
  }

  #tell(edit: OpenEdit): void {
    if (!this.isOpen(edit) || this.#timers.has(edit)) return;
    const tell = (): void => {
      this.#timers.delete(edit);
      if (!this.isOpen(edit)) return;
      this.#changed.fire(edit);
    };
    this.#timers.set(edit, setTimeout(tell, FRAME_MS));
  }
}

/** What the editor tells of an event. */
export function changesOf(contentChanges: readonly vscode.TextDocumentContentChangeEvent[]): Change[] {
  return contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    length: rangeLength,
    text,
  }));
}

/** A selection would tint the marks of the edit, so only the cursor stays while it is open. @returns what was selected */
function collapsed(editor: vscode.TextEditor): OpenEdit['selected'] {
  const { selection, document } = editor;
  if (selection.isEmpty) return undefined;
  editor.selection = new vscode.Selection(selection.start, selection.start);
  return { selection, version: document.version };
}
