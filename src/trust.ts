/** In a workspace that the person does not trust there are completions only. The editor tells when that changes; nothing needs a restart. */
import * as vscode from 'vscode';
import { ChatError } from './client/chatClient';

export const MANAGE_TRUST = 'workbench.trust.manage';

/** @throws ChatError */
export function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new ChatError('restricted');
}

export function restrictedSentence(): string {
  return vscode.l10n.t('In Restricted Mode there are completions only. Trust this workspace to chat and to edit.');
}

/** Says so where the workspace is not trusted, with a way to change that. @returns whether it is */
export function mayGoOn(): boolean {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  void vscode.window
    .showInformationMessage(`Minnow: ${restrictedSentence()}`, manage)
    .then((chosen) => chosen === manage && vscode.commands.executeCommand(MANAGE_TRUST));
  return false;
}
