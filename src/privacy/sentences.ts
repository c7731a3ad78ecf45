/** Why a file was left out, in words. */
import * as vscode from 'vscode';
import type { Reason } from './decide';

/** Names told at the most. */
const MOST_NAMES = 5;

/** A file that was left out, as it is called. */
export interface LeftOut {
  readonly name: string;
  readonly reason: Reason;
}

/** One sentence for each reason, with the names; none where nothing was left out. */
export function leftOutSentences(files: readonly LeftOut[]): string[] {
  const groups = Map.groupBy(files, ({ reason }) => reason);
  return Array.from(groups, ([reason, group]) => sentenceFor(reason, namesOf(group.map(({ name }) => name))));
}

/** Why a file that somebody named is not read all the same. */
export function closedSentence(name: string): string {
  return vscode.l10n.t(
    '{0} is named in a .minnowignore, so Minnow does not read it. Change that file to use it.',
    name,
  );
}

function sentenceFor(reason: Reason, names: string): string {
  const { t } = vscode.l10n;
  switch (reason) {
    case 'minnowIgnored':
      return t('Left out, as a .minnowignore names it: {0}.', names);
    case 'secret':
      return t('Left out, as by its name it may hold secrets: {0}.', names);
    case 'gitIgnored':
      return t('Left out, as Git ignores it: {0}.', names);
    case 'outside':
      return t('Left out, as it is in none of the opened folders: {0}.', names);
    case 'link':
      return t('Left out, as it is a link out of the opened folders: {0}.', names);
  }
}

function namesOf(names: readonly string[]): string {
  const shown = [...new Set(names)];
  if (shown.length <= MOST_NAMES) return shown.join(', ');
  return vscode.l10n.t('{0} and {1} more', shown.slice(0, MOST_NAMES).join(', '), shown.length - MOST_NAMES);
}
