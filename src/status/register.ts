/** The status bar item: what Minnow is doing, in one glance, and the menu behind it. */
import * as vscode from 'vscode';
import type { ChatClient } from '../client/chatClient';
import type { Client } from '../client/client';
import { clock } from '../clock';
import { type GhostText, whyOffIn } from '../completion/ghostText';
import { isLanguageOn } from '../completion/policy';
import { reasonFor } from '../completion/silence';
import type { Snooze } from '../completion/snooze';
import { untilWords } from '../completion/untilWords';
import { whyNothing } from '../completion/why';
import type { Downloads } from '../download/downloads';
import { problemSentence } from '../errors';
import type { Jobs } from '../model/jobs';
import type { Measurements } from '../model/measurements';
import type { Power } from '../power/power';
import type { Readable } from '../privacy/readable';
import { hasTwoSides } from '../remote';
import type { SettingsSource } from '../settings';
import type { Busy } from './busy';
import { type Facts, faceOf } from './face';
import { Figures } from './figures';
import { type Entry, menuOf } from './menu';
import { tooltipOf } from './tooltip';

export interface StatusParts {
  readonly client: Client;
  readonly chat: ChatClient;
  readonly settings: SettingsSource;
  readonly readable: Readable;
  readonly snooze: Snooze;
  readonly power: Power;
  readonly busy: Busy;
  readonly ghostText: GhostText;
  readonly downloads: Downloads;
  readonly jobs: Jobs;
  readonly measurements: Measurements;
}

export function registerStatus(parts: StatusParts): vscode.Disposable {
  const { client, settings, readable, snooze, power, busy, downloads, measurements } = parts;
  const item = vscode.window.createStatusBarItem('minnow.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Minnow';
  item.command = 'minnow.showMenu';
  const figures = new Figures();
  const draw = (): void => drawOn(item, parts);
  draw();
  item.show();
  return vscode.Disposable.from(
    item,
    client.onDidChangeStatus(draw),
    client.onDidAnswer((outcome) => figures.note(outcome)),
    settings.onDidChange(draw),
    readable.onDidChange(draw),
    snooze.onDidChange(draw),
    power.onDidChange(draw),
    busy.onDidChange(draw),
    downloads.onDidChange(draw),
    measurements.onDidChange(draw),
    vscode.window.onDidChangeActiveTextEditor(draw),
    vscode.commands.registerCommand('minnow.showMenu', () => showMenu(parts, figures)),
  );
}

function drawOn(item: vscode.StatusBarItem, parts: StatusParts): void {
  const { state, text, label } = faceOf(factsOf(parts), vscode.l10n.t);
  item.text = text;
  item.accessibilityInformation = { label: `Minnow: ${label}`, role: 'button' };
  item.tooltip = tooltipOf(parts, label);
  item.backgroundColor = state === 'problem' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
}

function factsOf(parts: StatusParts): Facts {
  const { client, settings, busy, power, downloads } = parts;
  const problem = problemSentence(client.status);
  const document = vscode.window.activeTextEditor?.document;
  const off = document ? whyOffIn(document, parts) : settings.current.completion.enabled ? undefined : 'disabled';
  const paused = pausedSentence(parts);
  const fetching = percentOf(downloads);
  return {
    status: client.status,
    ...(problem === undefined ? {} : { problem }),
    ...(off === undefined ? {} : { off: reasonFor(off, document?.languageId ?? '').sentence }),
    ...(paused === undefined ? {} : { paused }),
    isBusy: busy.isBusy,
    isSaving: power.isSaving,
    ...(fetching === undefined ? {} : { fetching }),
  };
}

function pausedSentence({ snooze: { until } }: StatusParts): string | undefined {
  if (until === undefined) return undefined;
  return untilWords(until, { now: clock.now(), locale: vscode.env.language, t: vscode.l10n.t });
}

/** How far the downloads are, all together; NaN where that is not known, undefined where there are none. */
function percentOf({ running }: Downloads): number | undefined {
  if (running.length === 0) return undefined;
  const known = running.flatMap(({ progress }) => (progress?.bytes ? [progress] : []));
  const bytes = known.reduce((sum, progress) => sum + (progress.bytes ?? 0), 0);
  const received = known.reduce((sum, progress) => sum + progress.received, 0);
  return bytes === 0 ? Number.NaN : Math.floor((received / bytes) * 100);
}

async function showMenu(parts: StatusParts, figures: Figures): Promise<void> {
  const { client, chat, settings, ghostText, downloads, jobs, measurements } = parts;
  const id = vscode.window.activeTextEditor?.document.languageId;
  const { enabled, languages } = settings.current.completion;
  const paused = pausedSentence(parts);
  const lineMs = measurements.of(client.process)?.lineMs ?? figures.ms;
  const { sentence } = await whyNothing(client, ghostText);
  const facts = {
    why: sentence,
    enabled,
    ...(id === undefined ? {} : { language: { id, isOn: isLanguageOn(id, languages) } }),
    ...(paused === undefined ? {} : { paused }),
    model: jobs.processOf('completion')?.model.model.name ?? '',
    chatModel: chat.model?.name ?? '',
    ...(lineMs === undefined ? {} : { lineMs }),
    ...(figures.reused === undefined ? {} : { reused: figures.reused }),
    hasDownloads: downloads.running.length > 0,
    isRemote: hasTwoSides(),
  };
  const items = menuOf(facts, vscode.l10n.t).flatMap(({ title, entries }) => [separator(title), ...entries.map(row)]);
  const chosen = await vscode.window.showQuickPick(items, { title: 'Minnow', placeHolder: sentence });
  if (chosen?.entry) await vscode.commands.executeCommand(chosen.entry.command, ...(chosen.entry.args ?? []));
}

interface Row extends vscode.QuickPickItem {
  readonly entry?: Entry;
}

function separator(label: string): Row {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function row(entry: Entry): Row {
  const { icon, label, description } = entry;
  return { label: `$(${icon}) ${label}`, ...(description === undefined ? {} : { description }), entry };
}
