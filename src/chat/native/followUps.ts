/** What may be asked next, as buttons below an answer. */
import * as vscode from 'vscode';
import type { Kept } from './history';

export function followUps(kept: Kept | undefined): vscode.ChatFollowup[] {
  if (kept?.end === 'length') return [{ prompt: vscode.l10n.t('Continue'), label: vscode.l10n.t('Continue') }];
  const tests = {
    prompt: vscode.l10n.t('Write tests for this.'),
    label: vscode.l10n.t('Write tests'),
    command: 'tests',
  };
  const document = { prompt: vscode.l10n.t('Document this.'), label: vscode.l10n.t('Document it'), command: 'doc' };
  const review = { prompt: vscode.l10n.t('Review this.'), label: vscode.l10n.t('Review it'), command: 'review' };
  switch (kept?.command) {
    case 'explain':
      return [document, tests];
    case 'fix':
      return [tests, review];
    case 'review':
      return [{ prompt: vscode.l10n.t('Fix what you found.'), label: vscode.l10n.t('Fix it'), command: 'fix' }];
    default:
      return [];
  }
}
