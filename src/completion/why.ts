/** "Why no suggestion?": names the gate that stopped the last one. */
import * as vscode from 'vscode';
import type { Client } from '../client/client';
import { problemSentence } from '../errors';
import type { Withheld } from '../privacy/readable';
import { leftOutSentences } from '../privacy/sentences';
import type { GhostText } from './ghostText';
import { type Reason, reasonFor } from './silence';

/** @param withheld documents in use that the model is not shown */
export function registerWhy(
  client: Client,
  ghostText: GhostText,
  withheld: () => readonly Withheld[],
): vscode.Disposable {
  return vscode.commands.registerCommand('minnow.completion.why', () => explain(client, ghostText, withheld()));
}

async function explain(client: Client, ghostText: GhostText, withheld: readonly Withheld[]): Promise<void> {
  const { sentence, setting } = await whyNothing(client, ghostText);
  // The file that is written in is no neighbour of its own.
  const here = vscode.window.activeTextEditor?.document.uri.toString();
  const others = withheld.filter(({ uri }) => uri.toString() !== here && uri.scheme !== 'untitled');
  const left = others.map(({ uri, reason }) => ({ name: vscode.workspace.asRelativePath(uri), reason }));
  const open = vscode.l10n.t('Open the Setting');
  const chosen = await vscode.window.showInformationMessage(
    [sentence, ...leftOutSentences(left)].join(' '),
    ...(setting === undefined ? [] : [open]),
  );
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', `minnow.${setting}`);
}

/** Why the last request for ghost text came to nothing, or that it did not. */
export async function whyNothing(client: Client, { lastOff }: GhostText): Promise<Reason> {
  const language = vscode.window.activeTextEditor?.document.languageId ?? '';
  const problem = problemSentence(client.status);
  if (problem !== undefined) return { sentence: problem };
  if (client.status.state === 'loading') return { sentence: vscode.l10n.t('The model is loading.') };
  if (lastOff !== undefined) return reasonFor(lastOff, language);
  const outcome = await client.lastOutcome();
  if (outcome?.silence) return reasonFor(outcome.silence, language);
  if (outcome === null) return { sentence: vscode.l10n.t('Nothing was asked for yet. Type some code.') };
  const { ms, tokensRead, tokensReused } = outcome;
  return {
    sentence: vscode.l10n.t(
      'The last request got a suggestion: {0} ms, {1} tokens read, {2} reused.',
      Math.round(ms),
      tokensRead,
      tokensReused,
    ),
  };
}
