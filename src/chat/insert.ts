/** Code of an answer at the cursor, copied, or in an editor of its own. */
import * as vscode from 'vscode';
import { fitted, type Indentation, leadOf } from './fitCode';

/** Puts code at the cursor of the last active editor, or in place of what is selected there: one step to undo. */
export async function insertCode(code: string): Promise<void> {
  const { t } = vscode.l10n;
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return say(t('No editor is open. Open a file and put the cursor where the code shall go.'));
  const { document, selection } = editor;
  const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const lines = fitted(code, leadOf(before), indentationOf(editor));
  const text = joined(lines, document).slice(leadOf(before).length);
  const isDone = await editor.edit((edit) => edit.replace(selection, text));
  if (isDone)
    await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
  else await say(t('{0} cannot be changed. Open a file that can.', vscode.workspace.asRelativePath(document.uri)));
}

/** As the editor shows it, or as it is set for the file's language where no editor does. */
export function indentationOf(editor: vscode.TextEditor | undefined, uri?: vscode.Uri): Indentation {
  const section = vscode.workspace.getConfiguration('editor', uri ?? null);
  const { insertSpaces = section.get('insertSpaces'), tabSize = section.get('tabSize') } = editor?.options ?? {};
  return { insertSpaces: insertSpaces !== false, tabSize: typeof tabSize === 'number' && tabSize > 0 ? tabSize : 4 };
}

/** With the document's line ends. */
export function joined(lines: readonly string[], { eol }: vscode.TextDocument): string {
  return lines.join(eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}

export async function showMarkdown(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

export async function say(sentence: string): Promise<void> {
  await vscode.window.showInformationMessage(`Minnow: ${sentence}`);
}
