/** A link in an answer was clicked: its true target is shown, and the person decides. */
import * as vscode from 'vscode';
import { say } from './insert';
import { linkTarget } from './links';
import { filesAt } from './workspaceFiles';

export async function openLink(href: string): Promise<void> {
  const target = linkTarget(href);
  switch (target.kind) {
    case 'refused':
      return say(vscode.l10n.t('This link is not opened: it leads to no web page and no file of this workspace.'));
    case 'web': {
      const detail = vscode.l10n.t('{0}\n\nThe model wrote this address. The browser opens it.', target.url);
      if (await agrees(vscode.l10n.t('Open {0}?', target.host), detail))
        await vscode.env.openExternal(vscode.Uri.parse(target.url));
      return;
    }
    case 'file':
      return openFile(target.path, target.line);
  }
}

async function openFile(path: string, line: number | undefined): Promise<void> {
  const [uri] = await filesAt(path);
  if (uri === undefined) return say(vscode.l10n.t('{0} is not in this workspace.', path));
  if (!(await agrees(vscode.l10n.t('Open {0}?', path), vscode.l10n.t('The model wrote this path.')))) return;
  const selection = line === undefined ? {} : { selection: new vscode.Range(line, 0, line, 0) };
  await vscode.window.showTextDocument(uri, selection);
}

async function agrees(question: string, detail: string): Promise<boolean> {
  const open = vscode.l10n.t('Open');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, open)) === open;
}
