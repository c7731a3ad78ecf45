/** Where code lies: on a disk, on another machine, or in a file system that an extension has made. */
import * as vscode from 'vscode';
import { SCHEMES } from './completion/policy';

/** Schemes of documents in which somebody writes code: those that are known, and those of the folders that are opened now. */
export function codeSchemes(): readonly string[] {
  const opened = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set([...SCHEMES, ...opened])];
}

/** Calls when a folder of a scheme was opened that was not known before. */
export function onNewScheme(call: () => void): vscode.Disposable {
  let known = codeSchemes().length;
  return vscode.workspace.onDidChangeWorkspaceFolders(() => {
    const now = codeSchemes().length;
    if (now > known) call();
    known = now;
  });
}

/** Calls once, when a document in which somebody writes code is shown, or a commit message is begun; at once, where one is shown now. */
export function onceCodeIsThere(call: () => void): vscode.Disposable {
  let isThere = false;
  const look = (documents: readonly vscode.TextDocument[]): void => {
    if (isThere || !documents.some(({ uri }) => codeSchemes().includes(uri.scheme))) return;
    isThere = true;
    listening.dispose();
    call();
  };
  const lookAt = (editors: readonly vscode.TextEditor[]): void => look(editors.map(({ document }) => document));
  const listening = vscode.Disposable.from(
    vscode.window.onDidChangeVisibleTextEditors(lookAt),
    // The box of a commit message is no editor. Other documents are changed unseen by many: the settings by VS Code itself.
    vscode.workspace.onDidChangeTextDocument(
      ({ document }) => document.uri.scheme === 'vscode-scm' && look([document]),
    ),
  );
  lookAt(vscode.window.visibleTextEditors);
  return listening;
}
