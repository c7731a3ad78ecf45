/** The commands of next edits. */
import * as vscode from 'vscode';
import { type SettingsSource, writeSetting } from '../settings';
import { NextEdit } from './nextEdit';

/** @param schemes of the documents in which somebody writes code */
export function registerNextEdit(settings: SettingsSource, schemes: () => readonly string[]): vscode.Disposable {
  const nextEdit = new NextEdit(settings, schemes);
  return vscode.Disposable.from(
    nextEdit,
    vscode.commands.registerCommand('minnow.nextEdit.accept', () => nextEdit.accept()),
    vscode.commands.registerCommand('minnow.nextEdit.acceptAll', () => nextEdit.acceptAll()),
    vscode.commands.registerCommand('minnow.nextEdit.dismiss', () => nextEdit.dismiss()),
    vscode.commands.registerCommand('minnow.nextEdit.toggle', () => toggle(settings)),
  );
}

async function toggle(settings: SettingsSource): Promise<void> {
  const enabled = !settings.current.nextEdit.enabled;
  if (!(await writeSetting('nextEdit.enabled', enabled))) return;
  const sentence = enabled ? vscode.l10n.t('Next edits are on.') : vscode.l10n.t('Next edits are off.');
  vscode.window.setStatusBarMessage(`$(check) ${sentence}`, 4_000);
}
