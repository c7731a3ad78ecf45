/** Lets a person say on which machine models run, where the files lie on another one. */
import * as vscode from 'vscode';
import { type Kind, withKind } from './where';

export function registerRemote({ extension }: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('minnow.remote.choose', () => choose(extension));
}

async function choose({ id, extensionKind }: vscode.Extension<unknown>): Promise<void> {
  const { t } = vscode.l10n;
  if (vscode.env.remoteName === undefined) {
    const sentence = t(
      'All files of this window are on this machine, and so are the models. There is nothing to choose.',
    );
    return void vscode.window.showInformationMessage(`Minnow: ${sentence}`);
  }
  const now: Kind = extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace';
  const rows = [
    {
      place: 'ui' as const,
      label: t('On my machine'),
      detail: t('Models run on the machine that you sit at. Git’s changes cannot be seen.'),
    },
    {
      place: 'workspace' as const,
      label: t('On the remote machine'),
      detail: t('Models are downloaded to the remote machine, and run on its processor or graphics card.'),
    },
  ].map((row) => ({ ...row, ...(row.place === now ? { description: t('now') } : {}) }));
  const title = t('Where should models run?');
  const chosen = await vscode.window.showQuickPick(rows, { title });
  if (chosen !== undefined) await set(id, chosen.place);
}

async function set(id: string, kind: Kind): Promise<void> {
  const { t } = vscode.l10n;
  const section = vscode.workspace.getConfiguration('remote');
  const value = withKind(id, kind, section.inspect('extensionKind')?.globalValue);
  const reload = t('Reload the Window');
  try {
    if (value !== undefined) await section.update('extensionKind', value, vscode.ConfigurationTarget.Global);
  } catch (error) {
    // The editor's own sentence: the settings cannot be written.
    if (!(error instanceof Error)) throw error;
    const sentence = t('The setting remote.extensionKind could not be saved. {0}', error.message);
    return void vscode.window.showErrorMessage(`Minnow: ${sentence}`);
  }
  const sentence =
    kind === 'ui'
      ? t('Minnow will run on this machine. Install it here, then reload the window.')
      : t('Minnow will run on the remote machine. Install it there, then reload the window.');
  if ((await vscode.window.showInformationMessage(`Minnow: ${sentence}`, reload)) === reload)
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
}
