/**
 * What an edit proposes beside what is there, in the editor's own comparison: lines and words in its colours, at its line numbers, read out by its
 * accessible view. Its right side is a document that exists only to be looked at, and is written as the model writes.
 *
 * The stable API has no room between the lines of an editor: added lines can be drawn there by tricks only (generated content over other lines,
 * comment threads that open the comments view), which break with zoom, wrapping, line heights and screen readers. So the editor itself marks what
 * goes and tells what comes (`marks.ts`), and the comparison shows it in full.
 */
import * as vscode from 'vscode';
import type { Edits, OpenEdit } from './edits';
import { previewOf } from './previewText';

export const SCHEME = 'minnow-edit';

export class Preview implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #shown = new Set<OpenEdit>();
  readonly #subscriptions: vscode.Disposable;

  /** @param isWanted whether the comparison opens by itself */
  constructor(
    private readonly edits: Edits,
    private readonly isWanted: () => boolean,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      edits.onDidChange((edit) => this.#follow(edit)),
      vscode.workspace.onDidOpenTextDocument((document) => this.#speakLike(document)),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const edit = this.editOf(uri);
    return edit?.session.proposal === undefined ? '' : previewOf(edit.session.proposal).text;
  }

  /** The edit that a document belongs to: the one that is edited, or the one that shows what it becomes. */
  editOf(uri: vscode.Uri | undefined): OpenEdit | undefined {
    if (uri?.scheme !== SCHEME) return this.edits.of(uri);
    return this.edits.all.find(({ document }) => document.uri.toString() === uri.query);
  }

  isShown(edit: OpenEdit): boolean {
    return tabsOf(edit).length > 0;
  }

  async show(edit: OpenEdit): Promise<void> {
    this.#shown.add(edit);
    const { document, viewColumn } = edit;
    const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
    const title = vscode.l10n.t("{0} (Minnow's edit)", name);
    await vscode.commands.executeCommand('vscode.diff', document.uri, previewUri(edit), title, {
      // One that is only looked into would take the place of the document's own tab.
      preview: false,
      viewColumn: viewColumn ?? vscode.ViewColumn.Active,
    });
  }

  /** Closes the comparison. @returns whether the person was in it */
  async hide(edit: OpenEdit): Promise<boolean> {
    const tabs = tabsOf(edit);
    const wasActive = tabs.some((tab) => tab.isActive && tab.group.isActive);
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
    return wasActive;
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #follow(edit: OpenEdit): void {
    if (!this.edits.isOpen(edit)) {
      this.#shown.delete(edit);
      return;
    }
    this.#changed.fire(previewUri(edit));
    const { proposal } = edit.session;
    const hasMore = proposal !== undefined && (proposal.growing !== undefined || proposal.hunks.length > 0);
    // One who has gone elsewhere, or types on, is not taken away from there: the next keys would go nowhere.
    const { document, version } = edit;
    const isHere = vscode.window.activeTextEditor?.document === document && document.version === version;
    if (hasMore && isHere && this.isWanted() && !this.#shown.has(edit)) void this.show(edit);
  }

  /** A new document has no ending that tells its language. */
  #speakLike(document: vscode.TextDocument): void {
    const edit = document.uri.scheme === SCHEME ? this.editOf(document.uri) : undefined;
    if (edit && edit.document.languageId !== document.languageId)
      void vscode.languages.setTextDocumentLanguage(document, edit.document.languageId);
  }
}

function previewUri({ document }: OpenEdit): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: absolute(document.uri.path), query: document.uri.toString() });
}

/** Documents that are not saved yet have a path without a slash. */
function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function tabsOf(edit: OpenEdit): vscode.Tab[] {
  const uri = previewUri(edit).toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri);
}
