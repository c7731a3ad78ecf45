/** A sample of an extension that uses Minnow: it completes at the cursor, and asks about the selection. In TypeScript, copy minnow.d.ts. */
const vscode = require('vscode');

/** @returns {Promise<import('../../src/api/minnow').MinnowAPI | undefined>} */
async function minnow() {
  const extension = vscode.extensions.getExtension('minnow.minnow');
  return (await extension?.activate())?.getAPI(1);
}

async function complete() {
  const editor = vscode.window.activeTextEditor;
  const api = await minnow();
  if (!editor || !api) return undefined;
  const { document, selection } = editor;
  const text = document.getText();
  const offset = document.offsetAt(selection.active);
  const { languageId } = document;
  const completion = await api.complete({ languageId, before: text.slice(0, offset), after: text.slice(offset) });
  if (!completion) return undefined;
  const end = document.positionAt(offset + completion.replaces);
  await editor.edit((builder) => builder.replace(new vscode.Range(selection.active, end), completion.text));
  return completion.text;
}

async function ask() {
  const editor = vscode.window.activeTextEditor;
  const api = await minnow();
  if (!editor || !api) return undefined;
  const title = 'Asking Minnow';
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const text = `What does this do?\n\n${editor.document.getText(editor.selection)}`;
    let said = '';
    try {
      const answer = await api.chat(
        { messages: [{ role: 'user', text }], maxTokens: 200 },
        (piece) => {
          said += piece;
          progress.report({ message: said });
        },
        token,
      );
      return answer.text;
    } catch (error) {
      // The sentence is for people; the code says what a program can do about it.
      if (error.name !== 'MinnowError') throw error;
      void vscode.window.showWarningMessage(error.message);
      return undefined;
    }
  });
}

exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.commands.registerCommand('minnowSample.complete', complete),
    vscode.commands.registerCommand('minnowSample.ask', ask),
  );
};
