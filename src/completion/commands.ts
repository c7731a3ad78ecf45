/** The commands of ghost text: ask for it now, switch it on or off. Clicking speaks. */
import * as vscode from 'vscode';
import type { Client } from '../client/client';
import { showProblem } from '../errors';
import { type SettingsSource, writeSetting } from '../settings';
import type { Where } from './ghostText';
import { isLanguageOn } from './policy';
import { reasonFor } from './silence';

export function registerCompletionCommands(client: Client, { settings, readable }: Where): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('minnow.completion.trigger', () => trigger(client, readable)),
    vscode.commands.registerCommand('minnow.completion.toggle', () => toggle(settings)),
    vscode.commands.registerCommand('minnow.completion.toggleLanguage', () => toggleLanguage(settings)),
  );
}

async function trigger(client: Client, readable: Where['readable']): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri && (await readable.isClosed(uri))) return say(reasonFor('minnowIgnored', '').sentence, 'circle-slash');
  await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  await showProblem(client.status);
}

async function toggle(settings: SettingsSource): Promise<void> {
  const enabled = !settings.current.completion.enabled;
  if (!(await writeSetting('completion.enabled', enabled))) return;
  say(
    enabled ? vscode.l10n.t('Completions are on.') : vscode.l10n.t('Completions are off. Alt+\\ still asks for one.'),
  );
}

async function toggleLanguage(settings: SettingsSource): Promise<void> {
  const language = vscode.window.activeTextEditor?.document.languageId;
  if (language === undefined) return;
  const on = !isLanguageOn(language, settings.current.completion.languages);
  if (!(await writeSetting('completion.languages', { ...ownLanguages(), [language]: on }))) return;
  say(
    on
      ? vscode.l10n.t('Completions are on for {0}.', language)
      : vscode.l10n.t('Completions are off for {0}.', language),
  );
}

/** What the person has set, without the defaults, which the editor merges in by itself. */
function ownLanguages(): Record<string, boolean> {
  const found = vscode.workspace.getConfiguration('minnow').inspect<Record<string, boolean>>('completion.languages');
  return found?.workspaceFolderValue ?? found?.workspaceValue ?? found?.globalValue ?? {};
}

function say(sentence: string, icon = 'check'): void {
  vscode.window.setStatusBarMessage(`$(${icon}) ${sentence}`, 4_000);
}
