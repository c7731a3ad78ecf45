/** Ghost text stands between the editor and the server only to say nothing where it is off. Typing is silent. */
import * as vscode from 'vscode';
import type { Client, Gate } from '../client/client';
import type { Readable } from '../privacy/readable';
import type { SettingsSource } from '../settings';
import { type LastRequest, type Moment, type Off, type Standing, whyNotNow, whyOff } from './policy';
import type { Snooze } from './snooze';

/** What decides where completions are on. */
export interface Where {
  readonly settings: SettingsSource;
  readonly readable: Pick<Readable, 'isClosed' | 'isClosedNow'>;
  readonly snooze: Pick<Snooze, 'until'>;
}

/** Asks the server unless completions are off there, and remembers whether it did. */
export class GhostText implements vscode.Disposable {
  #last: (LastRequest & { readonly uri: vscode.Uri }) | undefined;
  #undone: vscode.TextDocument | undefined;
  readonly #subscription = vscode.workspace.onDidChangeTextDocument(({ document, reason, contentChanges }) => {
    if (contentChanges.length > 0) this.#undone = reason === undefined ? undefined : document;
  });

  constructor(private readonly where: Where) {}

  readonly gate: Gate = (document, position, context, token, next) => {
    const pass = (): ReturnType<typeof next> => {
      const asked = context.triggerKind === vscode.InlineCompletionTriggerKind.Invoke;
      const off = this.#whyOff(document, asked);
      this.#last = { uri: document.uri, asked, off };
      return off === undefined ? next(document, position, context, token) : null;
    };
    const { readable } = this.where;
    // In the first moments of a window the rules are being read.
    return readable.isClosedNow(document.uri) === undefined
      ? readable.isClosed(document.uri).then(async () => pass())
      : pass();
  };

  /** The last request of all, where it was for this document. */
  lastIn({ uri }: vscode.TextDocument): LastRequest | undefined {
    return this.#last?.uri.toString() === uri.toString() ? this.#last : undefined;
  }

  #whyOff(document: vscode.TextDocument, asked: boolean): Off | undefined {
    const { readable } = this.where;
    if (asked) return readable.isClosedNow(document.uri) === false ? undefined : 'minnowIgnored';
    return whyOffIn(document, this.where) ?? whyNotNow(this.#momentIn(document));
  }

  #momentIn(document: vscode.TextDocument): Moment {
    const editor = vscode.window.activeTextEditor;
    const cursors = editor?.document === document ? editor.selections.length : 1;
    return { cursors, undone: this.#undone === document };
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** Why typing in this document is not answered; undefined when it is. While it is not known yet whether it may be, it is not. */
export function whyOffIn(
  { languageId, uri }: vscode.TextDocument,
  where: Where,
  isClosed = where.readable.isClosedNow(uri) !== false,
): Standing | undefined {
  const { settings, snooze } = where;
  const isPaused = snooze.until !== undefined;
  return whyOff({ languageId, path: uri.path, isClosed, isPaused }, settings.current.completion);
}

/** How long the cursor must rest before the place is read in advance, in milliseconds. */
const REST_MS = 150;

/**
 * Shows what was said after the first line, and lets the server read places where the cursor comes to rest.
 *
 * @param isSaving whether power is saved: then nothing is read in advance
 */
export function followCursor(client: Client, where: Where, isSaving: () => boolean): vscode.Disposable {
  let resting: NodeJS.Timeout | undefined;
  const rest = (editor: vscode.TextEditor | undefined): void => {
    clearTimeout(resting);
    if (editor === undefined || isSaving() || whyOffIn(editor.document, where) !== undefined) return;
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
