/** Pages that Minnow writes for people: read-only Markdown in an editor, with nothing to save when it is closed. */
import * as vscode from 'vscode';

const SCHEME = 'minnow';
const pages = new Map<string, string>();

/** Opens a page; one of the same name is replaced. */
export async function showPage(name: string, markdown: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` });
  pages.set(uri.path, markdown);
  changed.fire(uri);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

const changed = new vscode.EventEmitter<vscode.Uri>();

export function registerPages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: ({ path }) => pages.get(path) ?? '',
  });
}
