/** A change is shown beside what is there, and made only if the person wants it. */
import * as vscode from 'vscode';

/** Documents that exist only to be compared. */
const SCHEME = 'minnow-answer';
const texts = new Map<string, string>();
let shown = 0;

export interface Shown {
  /** What it is compared with; undefined: with nothing. */
  readonly uri: vscode.Uri | undefined;
  /** Tells the language. */
  readonly path: string;
  readonly after: string;
  readonly title: string;
}

export function registerDiffs(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
  });
}

/** Shows the change in the editor's own comparison, and asks. It stands still until there is an answer; afterwards it is closed. */
export async function asksWithDiff({ uri, path, after, title }: Shown): Promise<boolean> {
  const of = (query: string): vscode.Uri => vscode.Uri.from({ scheme: SCHEME, path, query: `${query}${shown}` });
  shown++;
  const modified = of('after');
  texts.set(modified.toString(), after);
  try {
    await vscode.commands.executeCommand('vscode.diff', uri ?? of('before'), modified, title);
    const apply = { label: `$(check) ${vscode.l10n.t('Apply the change')}`, isApply: true };
    const discard = { label: `$(close) ${vscode.l10n.t('Discard it')}`, isApply: false };
    const chosen = await vscode.window.showQuickPick([apply, discard], { title, ignoreFocusOut: true });
    return chosen?.isApply === true;
  } finally {
    texts.delete(modified.toString());
    await close(modified);
  }
}

async function close(modified: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const isIt = ({ input }: vscode.Tab): boolean =>
    input instanceof vscode.TabInputTextDiff && input.modified.toString() === modified.toString();
  await vscode.window.tabGroups.close(tabs.filter(isIt));
}
