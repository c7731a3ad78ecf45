/** The words of the dashboard's page. */
import * as vscode from 'vscode';
import type { DashboardWords } from '../../media/dashboardMessages';

export function dashboardWords(): DashboardWords {
  return {
    title: vscode.l10n.t('Minnow Dashboard'),
    promise: vscode.l10n.t('Counted and kept on this machine only. Numbers, and nothing of your text.'),
    ranges: {
      hour: vscode.l10n.t('Hour'),
      day: vscode.l10n.t('Day'),
      month: vscode.l10n.t('30 days'),
      year: vscode.l10n.t('Year'),
    },
    rangeLabel: vscode.l10n.t('Time that is shown'),
    figures: vscode.l10n.t('Overview'),
    export: vscode.l10n.t('Export…'),
    reset: vscode.l10n.t('Reset…'),
    table: vscode.l10n.t('Numbers'),
    emptyTitle: vscode.l10n.t('Nothing was counted yet'),
    emptyHint: vscode.l10n.t(
      'Write some code, and accept a suggestion with Tab. Charts of speed, acceptance and memory will appear here.',
    ),
    emptyRange: vscode.l10n.t('Nothing was counted in this time. Choose a longer one.'),
    off: vscode.l10n.t('Statistics are off: nothing new is counted.'),
    openSetting: vscode.l10n.t('Open the Setting'),
    keys: vscode.l10n.t('The arrow keys go through the values.'),
  };
}
