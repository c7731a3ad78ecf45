/** A person names a file for the engine, which lies on the machine that the engine runs on. */
import { homedir } from 'node:os';
import * as vscode from 'vscode';

/** The path of a GGUF file; undefined when none was chosen. Where the files of the window are elsewhere, the dialog may show those too. */
export async function chooseFile(title: string): Promise<string | undefined> {
  const defaultUri = vscode.Uri.file(homedir());
  const options = { title, filters: { GGUF: ['gguf'] }, canSelectMany: false };
  const isElsewhere = vscode.env.remoteName !== undefined;
  const [chosen] = (await vscode.window.showOpenDialog({ ...options, ...(isElsewhere && { defaultUri }) })) ?? [];
  if (chosen === undefined || chosen.scheme === 'file') return chosen?.fsPath;
  const sentence = vscode.l10n.t(
    'This file is not on the machine that models run on. Copy it there, or download it there.',
  );
  await vscode.window.showErrorMessage(`Minnow: ${sentence}`);
  return undefined;
}
