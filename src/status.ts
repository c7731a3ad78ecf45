/** The status bar item: what Minnow is doing, in one glance, and the menu behind it. */
import * as vscode from 'vscode';
import type { ChatClient } from './client/chatClient';
import type { Client } from './client/client';
import type { ClientStatus } from './client/serverProcess';
import { type GhostText, type Where, whyOffIn } from './completion/ghostText';
import { isLanguageOn } from './completion/policy';
import { reasonFor } from './completion/silence';
import { whyNothing } from './completion/why';
import type { Downloads } from './download/downloads';
import { problemSentence } from './errors';
import { backendName } from './hardware/report';
import type { Jobs, Missed } from './model/jobs';
import type { Measurements } from './model/measurements';
import type { Readable } from './privacy/readable';
import type { SettingsSource } from './settings';

interface Face {
  readonly icon: string;
  /** One word or sentence, read out after the name. */
  readonly label: string;
  readonly problem?: true;
}

export interface StatusParts {
  readonly client: Client;
  readonly chat: ChatClient;
  readonly settings: SettingsSource;
  readonly readable: Readable;
  readonly ghostText: GhostText;
  readonly downloads: Downloads;
  readonly jobs: Jobs;
  readonly measurements: Measurements;
}

export function registerStatus(parts: StatusParts): vscode.Disposable {
  const { client, settings, readable, downloads, measurements } = parts;
  const item = vscode.window.createStatusBarItem('minnow.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Minnow';
  item.command = 'minnow.showMenu';
  const draw = (): void => {
    const { icon, label, problem } = face(client.status, parts);
    item.text = `$(${icon}) Minnow${downloadText(downloads)}`;
    const said = downloads.running.length > 0 ? `${label}, ${vscode.l10n.t('fetching')}` : label;
    item.accessibilityInformation = { label: `Minnow: ${said}`, role: 'button' };
    item.tooltip = tooltip(parts, label);
    item.backgroundColor = problem && new vscode.ThemeColor('statusBarItem.warningBackground');
  };
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    client.onDidChangeStatus(draw),
    settings.onDidChange(draw),
    readable.onDidChange(draw),
    downloads.onDidChange(draw),
    measurements.onDidChange(draw),
    vscode.window.onDidChangeActiveTextEditor(draw),
    vscode.commands.registerCommand('minnow.showMenu', () => showMenu(parts)),
  );
}

function face(status: ClientStatus, where: Where): Face {
  const problem = problemSentence(status);
  if (problem !== undefined) return { icon: 'warning', label: vscode.l10n.t('problem: {0}', problem), problem: true };
  if (status.state === 'loading') return { icon: 'loading~spin', label: vscode.l10n.t('loading') };
  const document = vscode.window.activeTextEditor?.document;
  const off = document ? whyOffIn(document, where) : where.settings.current.completion.enabled ? undefined : 'disabled';
  return off
    ? { icon: 'circle-slash', label: vscode.l10n.t('off') }
    : { icon: 'sparkle', label: vscode.l10n.t('ready') };
}

/** How far the downloads are, all together. */
function downloadText({ running }: Downloads): string {
  const known = running.flatMap(({ progress }) => (progress?.bytes ? [progress] : []));
  const bytes = known.reduce((sum, progress) => sum + (progress.bytes ?? 0), 0);
  const received = known.reduce((sum, progress) => sum + progress.received, 0);
  if (running.length === 0) return '';
  return ` $(cloud-download)${bytes === 0 ? '' : ` ${Math.floor((received / bytes) * 100)}%`}`;
}

function tooltip({ client, jobs, measurements, readable }: StatusParts, label: string): vscode.MarkdownString {
  const { status } = client;
  const text = new vscode.MarkdownString(`**Minnow** — ${label}\n\n`);
  const document = vscode.window.activeTextEditor?.document;
  if (status.state === 'ready') {
    const { model, backend, threads } = status;
    const processor =
      threads === 1 ? vscode.l10n.t('processor, one thread') : vscode.l10n.t('processor, {0} threads', threads);
    const runner = backend === 'cpu' ? processor : backendName(backend, vscode.l10n.t);
    text.appendMarkdown(vscode.l10n.t('{0} on this machine ({1}). Nothing leaves it.', model, runner));
    const speed = measurements.of(client.process);
    if (speed) text.appendMarkdown(`\n\n${vscode.l10n.t('About {0} ms per line here.', Math.round(speed.lineMs))}`);
    if (status.fallback)
      text.appendMarkdown(`\n\n${vscode.l10n.t('The chosen engine could not start, so the processor is used.')}`);
  }
  if (status.state === 'asleep')
    text.appendMarkdown(vscode.l10n.t('{0} is unloaded after a pause; the next key loads it again.', status.model));
  const missed = jobs.missed('completion');
  if (missed !== undefined) text.appendMarkdown(`\n\n${missedSentence(missed)}`);
  if (document && readable.isClosedNow(document.uri))
    text.appendMarkdown(`\n\n${reasonFor('minnowIgnored', '').sentence}`);
  if (document) text.appendMarkdown(`\n\n${vscode.l10n.t('Language: {0}', document.languageId)}`);
  return text;
}

function missedSentence({ name, why }: Missed): string {
  return why === 'absent'
    ? vscode.l10n.t('The chosen model {0} is not on this machine. Choose it again to fetch it.', name)
    : vscode.l10n.t('The chosen model {0} could not be loaded. Choose another one; the log says more.', name);
}

async function showMenu({ client, chat, settings, ghostText, downloads, jobs }: StatusParts): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const { enabled, languages } = settings.current.completion;
  const { t } = vscode.l10n;
  const items = [
    enabled
      ? command('minnow.completion.toggle', 'circle-slash', t('Turn completions off'))
      : command('minnow.completion.toggle', 'check', t('Turn completions on')),
    ...(document ? [languageItem(document.languageId, isLanguageOn(document.languageId, languages))] : []),
    {
      ...command('minnow.model.choose', 'package', t('Choose the model')),
      description: jobs.processOf('completion')?.model.model.name ?? '',
    },
    {
      ...command('minnow.model.chooseChat', 'comment-discussion', t('Choose the model for chat and edits')),
      description: chat.model?.name ?? '',
    },
    ...(downloads.running.length > 0
      ? [command('minnow.model.showDownloads', 'cloud-download', t('Downloads: pause or cancel'))]
      : []),
    command('minnow.completion.why', 'question', t('Why no suggestion?')),
    command('minnow.dashboard.show', 'graph', t('Show the dashboard')),
    ...(vscode.env.remoteName === undefined
      ? []
      : [command('minnow.remote.choose', 'remote', t('Choose where models run'))]),
    command('minnow.restart', 'debug-restart', t('Restart the model')),
    command('minnow.showLog', 'output', t('Show the log')),
    { ...command('workbench.action.openSettings', 'gear', t('Settings')), args: ['@ext:minnow.minnow'] },
  ];
  const { sentence } = await whyNothing(client, ghostText);
  const chosen = await vscode.window.showQuickPick(items, { title: 'Minnow', placeHolder: sentence });
  if (chosen) await vscode.commands.executeCommand(chosen.command, ...chosen.args);
}

function languageItem(language: string, on: boolean) {
  const label = on ? vscode.l10n.t('Turn off for {0}', language) : vscode.l10n.t('Turn on for {0}', language);
  return command('minnow.completion.toggleLanguage', 'code', label);
}

function command(id: string, icon: string, label: string) {
  return { label: `$(${icon}) ${label}`, command: id, args: [] as string[] };
}
