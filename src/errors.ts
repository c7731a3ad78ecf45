/** Codes become sentences here. Each says what is wrong and what to do, and names no internals. */
import * as vscode from 'vscode';
import type { FailureCode } from '../server/protocol';
import type { ClientStatus } from './client/serverProcess';

/** Why the model could not be started, and what to do about it. */
export function failureSentence(code: FailureCode | 'stopped'): string {
  switch (code) {
    case 'modelMissing':
      return vscode.l10n.t('The model file is not there. Install Minnow again.');
    case 'modelDamaged':
      return vscode.l10n.t('The model file is damaged. Install Minnow again.');
    case 'modelUnsupported':
      return vscode.l10n.t('This version of Minnow cannot run this model. Update Minnow or choose another model.');
    case 'adapterMissing':
      return vscode.l10n.t('The adapter file is not there. Add the adapter again, or remove it from the settings.');
    case 'adapterUnfit':
      return vscode.l10n.t('The adapter was not made for this model. Choose another adapter, or remove it.');
    case 'outOfMemory':
      return vscode.l10n.t(
        'There is not enough free memory for the model. Close other programs and restart the model.',
      );
    case 'engineFailed':
      return vscode.l10n.t('The model could not be started on this machine. The log says more.');
    case 'stopped':
      return vscode.l10n.t(
        'The model has stopped several times and is not started again by itself. Restart it, or look at the log.',
      );
  }
}

/** Shows what keeps the model from answering, with what to do about it; nothing when all is well. */
export async function showProblem(status: ClientStatus): Promise<void> {
  if (status.state === 'loading' || (status.state === 'ready' && status.completes)) return;
  const restart = vscode.l10n.t('Restart the Model');
  const log = vscode.l10n.t('Show Log');
  const chosen = await vscode.window.showErrorMessage(`Minnow: ${problemSentence(status) ?? ''}`, restart, log);
  if (chosen === restart) await vscode.commands.executeCommand('minnow.restart');
  if (chosen === log) await vscode.commands.executeCommand('minnow.showLog');
}

/** What is wrong, in a sentence; undefined when nothing is. */
export function problemSentence(status: ClientStatus): string | undefined {
  if (status.state === 'failed') return failureSentence(status.code);
  if (status.state === 'stopped') return failureSentence('stopped');
  if (status.state === 'ready' && !status.completes)
    return vscode.l10n.t(
      '{0} cannot complete code: it does not know text after the cursor. Choose a completion model.',
      status.model,
    );
  return undefined;
}
