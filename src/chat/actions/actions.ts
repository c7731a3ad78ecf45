/** What editor, explorer, terminal, problems and source control offer of chat. */
import * as vscode from 'vscode';
import { registerCodeActions, type Where } from './codeActions';
import { type CommandParts, registerCommands } from './commands';
import { type CommitParts, registerCommitMessage } from './commitMessage';

export interface ActionParts extends CommandParts, CommitParts {
  readonly where: Where;
}

export function registerChatActions(parts: ActionParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCodeActions(parts.where),
    registerCommands(parts),
    registerCommitMessage(parts),
  );
}
