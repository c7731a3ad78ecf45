/** Opens a prepared file, untitled and with nothing to save but what is written on, and lets the model complete it at once. */
import * as vscode from 'vscode';
import type { Outcome } from '../../server/protocol';
import type { Client } from '../client/client';
import type { GhostText } from '../completion/ghostText';
import { showProblem } from '../errors';
import { prepared } from './prepared';

export interface StartParts {
  readonly client: Client;
  readonly ghostText: GhostText;
}

/** A new editor is ready for ghost text when the window has been idle for once: until then it is asked again, in milliseconds. */
const ASK_EVERY_MS = 300;
/** A request that has come through is given so long, for to ask again would break it off: a slow machine takes its time. In milliseconds. */
const ANSWER_MS = 5_000;
const MOST_ASKED = 20;

export async function showFirstCompletion({ client, ghostText }: StartParts): Promise<void> {
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
  const isThere = stillAt(editor);
  const outcome = await askUntilAnswered({ client, ghostText }, document, isThere);
  if (isThere() && outcome?.origin === undefined) await vscode.commands.executeCommand('minnow.completion.why');
}

/** Whether the person has not moved on. */
function stillAt({ document, selection }: vscode.TextEditor): () => boolean {
  const { version } = document;
  return () => {
    const active = vscode.window.activeTextEditor;
    return active?.document === document && document.version === version && active.selection.isEqual(selection);
  };
}

/** Asks by the key's command, as long as the person is there. @returns undefined where no answer came */
async function askUntilAnswered(
  { client, ghostText }: StartParts,
  document: vscode.TextDocument,
  isThere: () => boolean,
): Promise<Outcome | undefined> {
  let outcome: Outcome | undefined;
  let finish = (): void => undefined;
  const answered = new Promise<void>((resolve) => (finish = resolve));
  const listening = client.onDidAnswer((answer) => {
    if (answer.uri !== document.uri.toString()) return;
    outcome = answer;
    finish();
  });
  try {
    for (let asked = 0; asked < MOST_ASKED && outcome === undefined && isThere(); asked++) {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      await Promise.race([answered, passed(ASK_EVERY_MS)]);
      if (ghostText.lastIn(document) !== undefined) await Promise.race([answered, passed(ANSWER_MS)]);
    }
  } finally {
    listening.dispose();
  }
  return outcome;
}

function passed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
