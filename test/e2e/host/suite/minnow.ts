/** What the suites share: the extension, a document to complete in, waiting. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { until } from '../../lib/until';

export function minnow(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('minnow.minnow');
  assert.ok(extension, 'The extension is there.');
  return extension;
}

/** The settings of our section. */
export function ourSettings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('minnow');
}

/** Opens a document with this text, the cursor at its end. */
export async function openText(language: string, content: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.positionAt(content.length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

/** Asks for ghost text and takes it, until the document has more text than before. Returns what was added. */
export function takeSuggestion(editor: vscode.TextEditor): Promise<string> {
  const before = editor.document.getText();
  const ask = async () => {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await sleep(500);
    await vscode.commands.executeCommand('editor.action.inlineSuggest.commit');
    const now = editor.document.getText();
    return now === before ? undefined : now.slice(before.length);
  };
  return until(ask, { timeout: 40_000, what: 'a suggestion to be taken' });
}
