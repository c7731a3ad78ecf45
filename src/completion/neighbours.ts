/** Names the open documents whose text may help in others: those in view and those used lately, never secret ones. */
import * as vscode from 'vscode';
import type { Client } from '../client';
import { notIgnored } from '../ignored';
import { isSecretFile } from '../secretFiles';

const MOST = 12;

export function registerNeighbours(client: Client): vscode.Disposable {
  /** The most recently used first. */
  let used: vscode.TextDocument[] = [];
  const tell = async (): Promise<void> =>
    client.tellNeighbours(await notIgnored(used.filter(mayBeShown).slice(0, MOST)));
  const use = (document: vscode.TextDocument | undefined): void => {
    if (document === undefined || used[0] === document) return;
    used = [document, ...used.filter((other) => other !== document)];
    void tell();
  };
  for (const editor of vscode.window.visibleTextEditors) use(editor.document);
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((editor) => use(editor?.document)),
    vscode.workspace.onDidCloseTextDocument((document) => {
      used = used.filter((other) => other !== document);
      void tell();
    }),
    client.onDidChangeStatus(({ state }) => state === 'ready' && void tell()),
  );
}

/** Only files of the opened folders, and no secret ones. */
function mayBeShown({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined && !isSecretFile(uri.path);
}
