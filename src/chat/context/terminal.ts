/** What is selected in a terminal, as context. */
import * as vscode from 'vscode';
import { type Found, found, itemOf, missing } from './kinds';
import { cutTo } from './text';

const MOST_TEXT = 100_000;

export async function readTerminal(): Promise<Found> {
  const text = await terminalSelection();
  if (text !== undefined) return found(itemOf('terminal', { name: '', text }));
  return missing(vscode.l10n.t('The terminal has no selection. Select the lines that matter there and ask again.'));
}

/**
 * The text selected in the active terminal; undefined where none is. The editor tells it in one way only, by copying it: so the clipboard is
 * used and put back. Of what is on it only text can be read, hence put back.
 */
export async function terminalSelection(): Promise<string | undefined> {
  if (vscode.window.activeTerminal === undefined) return undefined;
  const { clipboard } = vscode.env;
  const before = await clipboard.readText();
  // With a mark instead of the old text, the same text selected is told from none. An empty clipboard may hold an image: it is left alone.
  const mark = before === '' ? '' : `minnow ${crypto.randomUUID()}`;
  let copied = mark;
  try {
    if (mark !== '') await clipboard.writeText(mark);
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    copied = await clipboard.readText();
  } finally {
    if (mark !== '' || copied !== mark) await clipboard.writeText(before);
  }
  return copied === mark || copied.trim() === '' ? undefined : cutTo(copied, MOST_TEXT);
}
