/** "Why no suggestion?": names the gate that stopped the last one. */
import * as vscode from 'vscode';
import type { Client } from '../client/client';
import { problemSentence, showProblem } from '../errors';
import type { Withheld } from '../privacy/readable';
import { leftOutSentences } from '../privacy/sentences';
import type { GhostText, Where } from './ghostText';
import { explained } from './policy';
import { type Reason, reasonFor, reasonForSilence } from './silence';
import { standingOff } from './standing';

export interface WhyParts extends Where {
  readonly client: Client;
  readonly ghostText: GhostText;
}

/** @param withheld documents in use that the model is not shown */
export function registerWhy(parts: WhyParts, withheld: () => readonly Withheld[]): vscode.Disposable {
  return vscode.commands.registerCommand('minnow.completion.why', () => explain(parts, withheld()));
}

async function explain(parts: WhyParts, withheld: readonly Withheld[]): Promise<void> {
  const { status } = parts.client;
  if (problemSentence(status) !== undefined) return showProblem(status);
  const { sentence, setting, remedy } = await whyNothing(parts);
  // The file that is written in is no neighbour of its own.
  const here = vscode.window.activeTextEditor?.document.uri.toString();
  const others = withheld.filter(({ uri }) => uri.toString() !== here && uri.scheme !== 'untitled');
  const left = others.map(({ uri, reason }) => ({ name: vscode.workspace.asRelativePath(uri), reason }));
  const open = vscode.l10n.t('Open the Setting');
  const chosen = await vscode.window.showInformationMessage(
    [sentence, ...leftOutSentences(left)].join(' '),
    ...(remedy === undefined ? [] : [remedy.label]),
    ...(setting === undefined ? [] : [open]),
  );
  if (remedy !== undefined && chosen === remedy.label) await vscode.commands.executeCommand(remedy.command);
  else if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${setting}`);
}

/** Why there is no suggestion where the person looks, or how the last one came about. */
export async function whyNothing({ client, ghostText, ...where }: WhyParts): Promise<Reason> {
  const document = vscode.window.activeTextEditor?.document;
  const problem = problemSentence(client.status);
  if (problem !== undefined) return { sentence: problem };
  if (client.status.state === 'loading') return { sentence: vscode.l10n.t('The model is loading.') };
  const reason = explained(standingOff(document, where), document && ghostText.lastIn(document));
  if (reason !== 'outcome' && reason !== 'nothing') return reasonFor(reason, document?.languageId ?? '');
  const outcome = reason === 'outcome' ? await client.lastOutcome() : null;
  if (outcome === null) return { sentence: vscode.l10n.t('Nothing was asked for here yet. Type some code.') };
  if (outcome.silence) return reasonForSilence(outcome.silence);
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
