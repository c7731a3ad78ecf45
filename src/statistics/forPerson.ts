/** What a person does with the statistics: forget them, or take them elsewhere. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import type { Collector } from './collector';
import { asCsv, asJson } from './export';

/** Asks first, and forgets everything. */
export async function reset(collector: Collector): Promise<void> {
  const forget = vscode.l10n.t('Reset');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('Reset all statistics of Minnow?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Everything that was counted on this machine, in all windows, is deleted. This cannot be undone.',
      ),
    },
    forget,
  );
  if (chosen !== forget) return;
  try {
    await collector.reset();
  } catch (error) {
    // The editor's own sentence: somebody else has a file open, or it may not be deleted.
    if (!(error instanceof Error)) throw error;
    const sentence = vscode.l10n.t('Not all statistics could be deleted. Try it again. {0}', error.message);
    await vscode.window.showErrorMessage(sentence);
  }
}

/** Asks where to, and writes there: CSV by its ending, else JSON. */
export async function exportTo(collector: Collector): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the statistics'),
    defaultUri: vscode.Uri.joinPath(folder, 'minnow-statistics.json'),
    filters: { JSON: ['json'], CSV: ['csv'] },
  });
  if (uri === undefined) return;
  const statistics = await collector.all();
  const text = /\.csv$/i.test(uri.path) ? asCsv(statistics) : asJson(statistics);
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  } catch (error) {
    // The editor's own sentence: no room, no right, or no such folder.
    if (!(error instanceof Error)) throw error;
    const sentence = vscode.l10n.t(
      'The statistics could not be written there. Choose another place. {0}',
      error.message,
    );
    await vscode.window.showErrorMessage(sentence);
  }
}
