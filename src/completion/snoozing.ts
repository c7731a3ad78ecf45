/** The commands that pause completions and go on with them. */
import * as vscode from 'vscode';
import { clock } from '../clock';
import { Snooze } from './snooze';
import { untilWords } from './untilWords';

const MINUTE_MS = 60_000;

export function snoozeOf(memory: vscode.Memento): Snooze {
  return new Snooze({ memory, clock, session: vscode.env.sessionId });
}

export function registerSnooze(snooze: Snooze): vscode.Disposable {
  const tell = (): void => {
    void vscode.commands.executeCommand('setContext', 'minnow.completion.snoozed', snooze.until !== undefined);
  };
  tell();
  return vscode.Disposable.from(
    snooze,
    snooze.onDidChange(tell),
    vscode.window.onDidChangeWindowState(() => snooze.look()),
    vscode.commands.registerCommand('minnow.completion.snooze', (minutes?: unknown) => pause(snooze, minutes)),
    vscode.commands.registerCommand('minnow.completion.resume', () => snooze.resume()),
  );
}

/** @param minutes asked for where a key or the menu does not give it */
async function pause(snooze: Snooze, minutes: unknown): Promise<void> {
  const ms = minutes === 'restart' ? minutes : isMinutes(minutes) ? minutes * MINUTE_MS : await howLong();
  if (ms === undefined) return;
  await snooze.pause(ms);
  const { until } = snooze;
  if (until === undefined) return;
  const sentence = untilWords(until, { now: clock.now(), locale: vscode.env.language, t: vscode.l10n.t });
  vscode.window.setStatusBarMessage(`$(debug-pause) ${sentence}`, 4_000);
}

function isMinutes(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 1_440;
}

async function howLong(): Promise<number | 'restart' | undefined> {
  const { t } = vscode.l10n;
  const items: readonly { readonly label: string; readonly ms: number | 'restart' }[] = [
    { label: t('For 5 minutes'), ms: 5 * MINUTE_MS },
    { label: t('For 30 minutes'), ms: 30 * MINUTE_MS },
    { label: t('For an hour'), ms: 60 * MINUTE_MS },
    { label: t('Until the editor restarts'), ms: 'restart' },
  ];
  const placeHolder = t('How long should completions be paused?');
  return (await vscode.window.showQuickPick(items, { title: t('Pause Completions'), placeHolder }))?.ms;
}
