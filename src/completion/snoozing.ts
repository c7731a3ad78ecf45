/** The commands that pause completions and go on with them. */
import * as vscode from 'vscode';
import { clock } from '../clock';
import { Snooze, tomorrow } from './snooze';
import { untilWords } from './untilWords';

const MINUTE_MS = 60_000;

export function snoozeOf(memory: vscode.Memento): Snooze {
  return new Snooze({ memory, clock });
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
  const length = isMinutes(minutes) ? minutes : await howLong();
  if (length === undefined) return;
  const now = clock.now();
  const until = length === 'tomorrow' ? tomorrow(now) : now + length * MINUTE_MS;
  await snooze.pause(until);
  const sentence = untilWords(until, { now, locale: vscode.env.language, t: vscode.l10n.t });
  vscode.window.setStatusBarMessage(`$(debug-pause) ${sentence}`, 4_000);
}

function isMinutes(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= 1_440;
}

async function howLong(): Promise<number | 'tomorrow' | undefined> {
  const { t } = vscode.l10n;
  const items: readonly { readonly label: string; readonly length: number | 'tomorrow' }[] = [
    { label: t('For 5 minutes'), length: 5 },
    { label: t('For 30 minutes'), length: 30 },
    { label: t('For an hour'), length: 60 },
    { label: t('Until tomorrow'), length: 'tomorrow' },
  ];
  const placeHolder = t('How long should completions be paused?');
  return (await vscode.window.showQuickPick(items, { title: t('Pause Completions'), placeHolder }))?.length;
}
