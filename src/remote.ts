/** Lets a person say on which machine models run, where the files lie on another one; and what is remembered of a machine. */
import { hostname } from 'node:os';
import * as vscode from 'vscode';
import type { Memory } from './client/modelFile';
import { chooseWhere, partOf } from './where';

export function registerRemote({ extension }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('minnow.remote.choose', () => choose(extension));
}

/** In a browser there is no side of the person's: what is not on the remote machine does not run. */
export function hasTwoSides(): boolean {
  return vscode.env.remoteName !== undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}

/**
 * For what is known of this machine: what it can do, how fast it is, where files of models lie. VS Code keeps an extension's state with the
 * person, also where the extension runs on a remote machine; there each machine has its own part. A browser keeps it for each server by itself.
 */
export function memoryOfMachine({ extension, globalState }: vscode.ExtensionContext): Memory {
  const isRemote = hasTwoSides() && extension.extensionKind === vscode.ExtensionKind.Workspace;
  return isRemote ? partOf(globalState, hostname()) : globalState;
}

async function choose({ id, extensionKind }: vscode.Extension<unknown>): Promise<void> {
  const { window, commands, workspace, l10n } = vscode;
  const section = (): vscode.WorkspaceConfiguration => workspace.getConfiguration('remote');
  await chooseWhere({
    id,
    hasTwoSides: hasTwoSides(),
    now: extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace',
    t: l10n.t,
    pick: (rows, title) => window.showQuickPick(rows, { title }),
    read: () => section().inspect('extensionKind')?.globalValue,
    write: (value) => section().update('extensionKind', value, vscode.ConfigurationTarget.Global),
    tell: (sentence, ...buttons) => window.showInformationMessage(`Minnow: ${sentence}`, ...buttons),
    complain: (sentence) => window.showErrorMessage(`Minnow: ${sentence}`),
    showExtension: () => commands.executeCommand('extension.open', id),
    reload: () => commands.executeCommand('workbench.action.reloadWindow'),
  });
}
