/** Lets a person say on which machine models run, where the files lie on another one. */
import * as vscode from 'vscode';
import { chooseWhere } from './where';

export function registerRemote({ extension }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('minnow.remote.choose', () => choose(extension));
}

/** In a browser there is no side of the person's: what is not on the remote machine does not run. */
export function hasTwoSides(): boolean {
  return vscode.env.remoteName !== undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
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
