/** Tells keys and menus, and the status bar, of the edit that the person looks at. */
import * as vscode from 'vscode';
import type { Edits } from './edits';
import type { Preview } from './preview';
import { brokenSentence, noteSentence, stateWords } from './words';

export class Shown implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('minnow.edit', vscode.StatusBarAlignment.Right, 98);
  readonly #subscriptions: vscode.Disposable;
  #told = '';

  constructor(
    private readonly edits: Edits,
    private readonly preview: Preview,
  ) {
    this.#item.name = vscode.l10n.t('Minnow: Edit');
    this.#item.command = 'minnow.edit.show';
    this.#subscriptions = vscode.Disposable.from(
      edits.onDidChange(() => this.#draw()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#draw()),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const { t } = vscode.l10n;
    const here = this.preview.editOf(vscode.window.activeTextEditor?.document.uri);
    this.#tell(here !== undefined, here?.session.isRunning === true);
    const edit = here ?? this.edits.all.at(-1);
    if (edit === undefined) {
      this.#item.hide();
      return;
    }
    const { session } = edit;
    const text = stateWords(session, t);
    const warnings = [
      ...(session.isBroken ? [brokenSentence(t)] : []),
      ...session.notes.map((note) => noteSentence(note, t)),
    ];
    this.#item.text = `$(${session.isRunning ? 'loading~spin' : warnings.length > 0 ? 'warning' : 'diff'}) ${text}`;
    this.#item.tooltip = [session.instruction, ...warnings].join('\n');
    this.#item.backgroundColor =
      warnings.length > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.accessibilityInformation = { label: [text, ...warnings].join('. '), role: 'button' };
    this.#item.show();
  }

  #tell(isOpen: boolean, isWriting: boolean): void {
    const told = `${isOpen} ${isWriting}`;
    if (told === this.#told) return;
    this.#told = told;
    void vscode.commands.executeCommand('setContext', 'minnow.edit.open', isOpen);
    void vscode.commands.executeCommand('setContext', 'minnow.edit.writing', isWriting);
  }
}
