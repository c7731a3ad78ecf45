/** Ghost text stands between the editor and the server only to say nothing where it is off. Typing is silent. */
import * as vscode from 'vscode';
import type { Client, Gate } from '../client/client';
import type { SettingsSource } from '../settings';
import { type Moment, type Off, whyNotNow, whyOff } from './policy';

/** Asks the server unless completions are off there, and remembers why it did not. */
export class GhostText implements vscode.Disposable {
  /** Why the last request did not reach the server; undefined when it did. */
  lastOff: Off | undefined;
  #undone: vscode.TextDocument | undefined;
  readonly #subscription = vscode.workspace.onDidChangeTextDocument(({ document, reason, contentChanges }) => {
    if (contentChanges.length > 0) this.#undone = reason === undefined ? undefined : document;
  });

  constructor(private readonly settings: SettingsSource) {}

  readonly gate: Gate = (document, position, context, token, next) => {
    const asked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
    this.lastOff = asked ? undefined : (whyOffIn(document, this.settings) ?? whyNotNow(this.#momentIn(document)));
    return this.lastOff === undefined ? next(document, position, context, token) : null;
  };

  #momentIn(document: vscode.TextDocument): Moment {
    const editor = vscode.window.activeTextEditor;
    const cursors = editor?.document === document ? editor.selections.length : 1;
    return { cursors, undone: this.#undone === document };
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Why typing in this document is not answered; undefined when it is. */
export function whyOffIn(document: vscode.TextDocument, settings: SettingsSource): Off | undefined {
  return whyOff({ languageId: document.languageId, path: document.uri.path }, settings.current.completion);
}

/** How long the cursor must rest before the place is read in advance, in milliseconds. */
const REST_MS = 150;

/** Shows what was said after the first line, and lets the server read places where the cursor comes to rest. */
export function followCursor(client: Client, settings: SettingsSource): vscode.Disposable {
  let resting: NodeJS.Timeout | undefined;
  const rest = (editor: vscode.TextEditor | undefined): void => {
    clearTimeout(resting);
    if (editor === undefined || whyOffIn(editor.document, settings) !== undefined) return;
    resting = setTimeout(() => void client.tellCursor(editor.document, editor.selection.active), REST_MS);
  };
  return vscode.Disposable.from(
    client.onDidExtend(({ uri, version }) => {
      const document = vscode.window.activeTextEditor?.document;
      if (document?.uri.toString() !== uri || document.version !== version) return;
      void vscode.commands.executeCommand('editor.action.inlineSuggest.trigger', { explicit: false });
    }),
    client.onDidChangeStatus(({ state }) => state === 'ready' && rest(vscode.window.activeTextEditor)),
    vscode.window.onDidChangeActiveTextEditor(rest),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
      if (kind !== undefined && textEditor.selection.isEmpty) rest(textEditor);
    }),
    { dispose: () => clearTimeout(resting) },
  );
}
