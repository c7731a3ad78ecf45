/** Code of an answer at the cursor, copied, or in an editor of its own. */
import * as vscode from 'vscode';
import { atCursor, type Indentation } from './fitCode';

/** Puts code at the cursor of the last active editor, or in place of what is selected there: one step to undo. */
export async function insertCode(code: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined)
    return say(vscode.l10n.t('No editor is open. Open a file and put the cursor where the code should go.'));
  const { document, selection } = editor;
  const { line, character } = selection.start;
  // What is selected goes: then nothing of its line has to stay whole.
  const text = document.lineAt(line).text.slice(0, selection.isEmpty ? undefined : character);
  const place = atCursor(text, character, code, indentationOf(editor));
  const range = new vscode.Range(
    line,
    place.character,
    selection.end.line,
    selection.isEmpty ? place.character : selection.end.character,
  );
  const { version } = document;
  const isTold = await editor.edit((edit) => edit.replace(range, joined(place.lines, document)));
  // An editor that may not be written says that it was.
  if (isTold && document.version !== version)
    await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
  else
    await say(
      vscode.l10n.t('{0} cannot be changed. Open a file that can.', vscode.workspace.asRelativePath(document.uri)),
    );
}

/** As the editor shows it. */
function indentationOf({ options: { insertSpaces, tabSize } }: vscode.TextEditor): Indentation {
  const size = typeof tabSize === 'number' && tabSize > 0 ? tabSize : 4;
  return { insertSpaces: insertSpaces !== false, tabSize: size };
}

/** With the document's line ends. */
function joined(lines: readonly string[], { eol }: vscode.TextDocument): string {
  return lines.join(eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}

export async function showMarkdown(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

export async function say(sentence: string): Promise<void> {
  await vscode.window.showInformationMessage(`Minnow: ${sentence}`);
}
