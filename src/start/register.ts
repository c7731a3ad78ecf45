/** The first minute: the walkthrough, and what its buttons do. Nothing of it opens by itself. */
import * as vscode from 'vscode';
import { type StartParts, showFirstCompletion } from './firstCompletion';

/** As package.json names it. */
const WALKTHROUGH = 'minnow.minnow#start';

export function registerStart(parts: StartParts): vscode.Disposable {
  const accepted = parts.client.onDidSettle(({ outcome }) => {
    if (outcome !== 'accepted') return;
    // The walkthrough's first step is done, and stays so.
    accepted.dispose();
    void vscode.commands.executeCommand('setContext', 'minnow.completion.accepted', true);
  });
  return vscode.Disposable.from(
    accepted,
    vscode.commands.registerCommand('minnow.getStarted', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', WALKTHROUGH, false),
    ),
    vscode.commands.registerCommand('minnow.firstCompletion', () => showFirstCompletion(parts)),
  );
}
