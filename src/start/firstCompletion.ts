/** Opens a prepared file, untitled and with nothing to save but what is written on, and lets the model complete it at once. */
import * as vscode from 'vscode';
import type { Client } from '../client/client';
import { showProblem } from '../errors';
import { prepared } from './prepared';

/** A new editor is ready for ghost text when the window has been idle for once: until then it is asked again, in milliseconds. */
const ASK_EVERY_MS = 300;
const MOST_ASKED = 20;

export async function showFirstCompletion(client: Client): Promise<void> {
  const { languageId, text, line, character } = prepared(vscode.l10n.t);
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: text });
  const editor = await vscode.window.showTextDocument(document);
  const place = new vscode.Position(line, character);
  editor.selection = new vscode.Selection(place, place);
  const title = vscode.l10n.t('Minnow: the model is loading');
  const status = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    client.begin(),
  );
  if (status.state === 'failed' || status.state === 'stopped') return showProblem(status);
  await askUntilAnswered(client, editor);
}

/** Asks by the key's command, as long as the person has not moved on. */
async function askUntilAnswered(client: Client, { document, selection }: vscode.TextEditor): Promise<void> {
  let isAnswered = false;
  const listening = client.onDidAnswer(({ uri }) => {
    isAnswered ||= uri === document.uri.toString();
  });
  try {
    const { version } = document;
    for (let asked = 0; asked < MOST_ASKED && !isAnswered; asked++) {
      const active = vscode.window.activeTextEditor;
      if (active?.document !== document || document.version !== version || !active.selection.isEqual(selection)) return;
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  } finally {
    listening.dispose();
  }
}
