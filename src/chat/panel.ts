/** The view that the chat page lives in. The editor makes the page anew whenever it comes into sight. */
import * as vscode from 'vscode';
import type { FromPage, ToPage, Words } from '../../media/messages';
import { showPage } from '../webviewPage';
import { fromPage } from './fromPage';

export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly words: Words;
  readonly onMessage: (message: FromPage) => void;
  /** The page is gone; what it is told until it says `ready` again is lost. */
  readonly onGone: () => void;
  readonly log: vscode.LogOutputChannel;
}

export const VIEW = 'minnow.chat';

export class Panel implements vscode.WebviewViewProvider {
  #view: vscode.WebviewView | undefined;

  constructor(private readonly parts: PanelParts) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    const { extensionUri, onMessage, onGone, log } = this.parts;
    this.#view = view;
    onGone();
    view.webview.onDidReceiveMessage((value: unknown) => {
      const message = fromPage(value);
      if (message) onMessage(message);
      else log.warn('The chat page sent a message that is none.');
    });
    view.onDidChangeVisibility(() => {
      if (!view.visible) onGone();
    });
    view.onDidDispose(() => {
      if (this.#view === view) this.#view = undefined;
      onGone();
    });
    showPage(view.webview, extensionUri, 'chat', this.parts.words);
  }

  tell(message: ToPage): void {
    // A page that is going away does not hear it: it is told everything when it comes back.
    void this.#view?.webview.postMessage(message);
  }

  /** Brings the view into sight, and the focus into it. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand(`${VIEW}.focus`);
  }
}
