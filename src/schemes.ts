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
