/** What a question is about when nobody says: the selection, else the code in sight. */
import * as vscode from 'vscode';
import type { Readable } from '../../privacy/readable';
import { codeSchemes } from '../../schemes';
import type { Attachment } from '../question';
import { KINDS } from './kinds';
import { baseName, withLines } from './paths';
import { nameOf } from './places';
import { cutTo, withLf } from './text';

/** Documents of these schemes are code that has no file of its own; all others can be read later. */
const WITHOUT_FILE = ['untitled', 'vscode-notebook-cell'];
const MOST_TEXT = 200_000;
/** The page is told when typing, selecting or scrolling has rested, in milliseconds. */
const REST_MS = 150;

export class Implicit implements vscode.Disposable {
  /** Whether files may be shown, by URI; asked for when they are first seen. */
  readonly #allowed = new Map<string, boolean>();
  #resting: NodeJS.Timeout | undefined;
  #told = '';
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly allowed: Readable) {
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor(() => this.#rest()),
      vscode.window.onDidChangeTextEditorSelection(() => this.#rest()),
      vscode.window.onDidChangeTextEditorVisibleRanges(() => this.#rest()),
      allowed.onDidChange(() => {
        this.#allowed.clear();
        this.#rest();
      }),
    );
  }

  /** Undefined while it is not known yet whether the file is ignored; the event tells when it is. */
  get current(): Attachment | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !this.#mayShow(editor.document)) return undefined;
    const { kind, lines } = placeIn(editor);
    return attachmentIn(editor.document, kind, lines);
  }

  get selection(): Attachment | undefined {
    const { current } = this;
    return current?.id === 'selection' ? current : undefined;
  }

  #mayShow(document: vscode.TextDocument): boolean {
    const { scheme } = document.uri;
    if (scheme === 'untitled') return true;
    if (!hasFile(scheme) && !WITHOUT_FILE.includes(scheme)) return false;
    const uri = fileOf(document);
    if (uri === undefined) return false;
    const known = this.#allowed.get(uri.toString());
    if (known === undefined) void this.#ask(uri);
    return known ?? false;
  }

  async #ask(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    this.#allowed.set(key, false);
    this.#allowed.set(key, await this.allowed.hasShown(uri));
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#tell(), REST_MS);
  }

  #tell(): void {
    const { document } = vscode.window.activeTextEditor ?? {};
    const { id = '', detail = '' } = this.current ?? {};
    const now = `${document?.uri} ${id} ${detail}`;
    if (now === this.#told) return;
    this.#told = now;
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#resting);
    this.#subscriptions.dispose();
  }
}

function hasFile(scheme: string): boolean {
  return scheme !== 'vscode-scm' && !WITHOUT_FILE.includes(scheme) && codeSchemes().includes(scheme);
}

/** The file that a document is of, or lies in; undefined where it is none. */
function fileOf(document: vscode.TextDocument): vscode.Uri | undefined {
  if (hasFile(document.uri.scheme)) return document.uri;
  const cells = vscode.workspace.notebookDocuments.find((each) =>
    each.getCells().some((cell) => cell.document === document),
  );
  return cells?.uri;
}

interface PlaceIn {
  readonly kind: 'selection' | 'visible';
  readonly lines: readonly [first: number, last: number];
}

function placeIn({ selection, visibleRanges, document }: vscode.TextEditor): PlaceIn {
  if (!selection.isEmpty) {
    const { start, end } = selection;
    // A selection of whole lines ends at the beginning of the next one.
    const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
    return { kind: 'selection', lines: [start.line, last] };
  }
  const first = visibleRanges[0]?.start.line ?? 0;
  const last = visibleRanges.at(-1)?.end.line ?? first;
  return { kind: 'visible', lines: [first, Math.min(last, document.lineCount - 1)] };
}

function attachmentIn(
  document: vscode.TextDocument,
  kind: PlaceIn['kind'],
  lines: PlaceIn['lines'],
): Attachment | undefined {
  const { uri, languageId } = document;
  const name = nameOf(uri);
  const label = withLines(baseName(name), lines);
  const place = withLines(name, lines);
  const detail = kind === 'selection' ? vscode.l10n.t('{0}, selected', place) : vscode.l10n.t('{0}, in sight', place);
  const facts = { id: kind, label, detail, icon: KINDS[kind].icon };
  if (hasFile(uri.scheme)) return { ...facts, subject: { kind: 'file', uri: uri.toString(), lines } };
  const range = new vscode.Range(lines[0], 0, lines[1] + 1, 0);
  const text = withLf(cutTo(document.getText(range), MOST_TEXT));
  if (text.trim() === '') return undefined;
  return { ...facts, subject: { kind: 'text', title: label, text, languageId } };
}
