/** What may be asked next, as buttons below an answer. */
import * as vscode from 'vscode';
import type { Kept } from './history';

export function followUps(kept: Kept | undefined): vscode.ChatFollowup[] {
  const { t } = vscode.l10n;
  if (kept?.end === 'length') return [{ prompt: t('Go on'), label: t('Go on') }];
  const tests = { prompt: t('Write tests for this.'), label: t('Write tests'), command: 'tests' };
  const document = { prompt: t('Document this.'), label: t('Document it'), command: 'doc' };
  const review = { prompt: t('Review this.'), label: t('Review it'), command: 'review' };
  switch (kept?.command) {
    case 'explain':
      return [document, tests];
    case 'fix':
      return [tests, review];
    case 'review':
      return [{ prompt: t('Fix what you found.'), label: t('Fix it'), command: 'fix' }];
    default:
      return [];
  }
}
