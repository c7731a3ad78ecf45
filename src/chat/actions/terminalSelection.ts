/** What is selected in the terminal. The stable API does not tell, so it goes over the clipboard, whose text is put back. */
import * as vscode from 'vscode';

/** Undefined when nothing is selected. */
export async function terminalSelection(): Promise<string | undefined> {
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // Emptied first: otherwise what was copied before would be taken for the selection.
  await clipboard.writeText('');
  try {
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    const selected = await clipboard.readText();
    return selected.trim() === '' ? undefined : selected;
  } finally {
    await clipboard.writeText(before);
  }
}
