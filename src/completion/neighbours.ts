/** Names what may help elsewhere: open documents used lately, and what the names near the cursor stand for. Never secret or ignored files. */
import * as vscode from 'vscode';
import type { Piece } from '../../server/protocol';
import type { Client } from '../client/client';
import type { Readable, Withheld } from '../privacy/readable';
import { definitionsNear } from './definitions';
import { type Where, whyOffIn } from './ghostText';

const MOST = 12;
/** How long the cursor must rest before definitions are looked up, in milliseconds. */
const REST_MS = 500;
/** They are looked up anew when the cursor has moved so many lines. */
const FAR = 12;

export class Neighbours implements vscode.Disposable {
  /** The most recently used first. */
  #used: vscode.TextDocument[] = vscode.window.visibleTextEditors.map(({ document }) => document);
  #definitions: readonly Piece[] = [];
  #withheld: readonly Withheld[] = [];
  #place: { readonly document: vscode.TextDocument; readonly line: number } | undefined;
  #resting: NodeJS.Timeout | undefined;
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly client: Client,
    private readonly where: Where & { readonly readable: Readable },
    private readonly isSaving: () => boolean,
  ) {
    this.#subscription = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.#use(editor)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#rest(textEditor)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#close(document)),
      where.readable.onDidChange(() => void this.#tell()),
      client.onDidChangeStatus(({ state }) => state === 'ready' && this.#use(vscode.window.activeTextEditor)),
    );
  }

  /** Documents that were used lately and may not be shown to the model. */
  get withheld(): readonly Withheld[] {
    return this.#withheld;
  }

  #use(editor: vscode.TextEditor | undefined): void {
    if (editor === undefined) return;
    this.#used = [editor.document, ...this.#used.filter((other) => other !== editor.document)];
    this.#rest(editor);
    void this.#tell();
  }

  #close(document: vscode.TextDocument): void {
    this.#used = this.#used.filter((other) => other !== document);
    void this.#tell();
  }

  #rest(editor: vscode.TextEditor): void {
    clearTimeout(this.#resting);
    const { document, selection } = editor;
    const isFar = this.#place?.document !== document || Math.abs(this.#place.line - selection.active.line) >= FAR;
    if (isFar && whyOffIn(document, this.where) === undefined)
      this.#resting = setTimeout(() => void this.#look(editor), REST_MS);
  }

  async #look({ document, selection: { active } }: vscode.TextEditor): Promise<void> {
    this.#place = { document, line: active.line };
    const before = JSON.stringify(this.#definitions);
    this.#definitions = await definitionsNear(document, active, this.where.readable);
    if (JSON.stringify(this.#definitions) === before) return;
    await this.#tell();
    if (!this.isSaving()) await this.client.tellCursor(document, active);
  }

  async #tell(): Promise<void> {
    const used = this.#used.slice(0, MOST);
    const { readable, withheld } = await this.where.readable.sort(used.map(({ uri }) => uri));
    this.#withheld = withheld;
    const open = new Set(readable.map(String));
    await this.client.tellNeighbours(
      used.filter(({ uri }) => open.has(uri.toString())),
      this.#definitions,
    );
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#subscription.dispose();
  }
}
