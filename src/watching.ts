/** What was read of files is forgotten when they change. */
import * as vscode from 'vscode';

/** Calls when a file of the pattern, in any workspace folder, has come, changed or gone, and when the folders are others. */
export function watchFiles(pattern: string, call: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(call),
    watcher.onDidCreate(call),
    watcher.onDidDelete(call),
    vscode.workspace.onDidChangeWorkspaceFolders(call),
  );
}
