/** "Show Downloads": those that run and those that were paused, with what can be done about each. */
import * as vscode from 'vscode';
import type { Downloads } from './downloads';
import { progressText } from './downloads';

/** A download that does not run, of which some has arrived. */
export interface Paused {
  readonly title: string;
  readonly received: number;
  readonly bytes: number | null;
  resume(): Promise<unknown>;
  discard(): Promise<void>;
}

interface Row extends vscode.QuickPickItem {
  readonly actions: readonly Action[];
}

interface Action {
  readonly label: string;
  readonly act: () => unknown;
}

export async function showDownloads(downloads: Downloads, paused: readonly Paused[]): Promise<void> {
  const { t } = vscode.l10n;
  const rows: Row[] = [
    ...downloads.running.map(({ title, progress, pause, cancel }) => ({
      label: `$(cloud-download) ${title}`,
      description: progress === undefined ? t('starting') : progressText(progress),
      actions: [
        { label: `$(debug-pause) ${t('Pause')}`, act: pause },
        { label: `$(close) ${t('Cancel and delete what has arrived')}`, act: cancel },
      ],
    })),
    ...paused.map(({ title, received, bytes, resume, discard }) => ({
      label: `$(debug-pause) ${title}`,
      description: t('paused: {0}', progressText({ received, bytes, bytesPerSecond: 0, secondsLeft: null })),
      actions: [
        { label: `$(debug-continue) ${t('Resume')}`, act: resume },
        { label: `$(trash) ${t('Delete what has arrived')}`, act: discard },
      ],
    })),
  ];
  if (rows.length === 0) {
    await vscode.window.showInformationMessage(t('Nothing is being downloaded.'));
    return;
  }
  const row = await vscode.window.showQuickPick(rows, { title: t('Downloads') });
  if (row === undefined) return;
  const action = await vscode.window.showQuickPick(row.actions, { title: row.label.replace(/^\$\([\w-]+\) /, '') });
  await action?.act();
}
