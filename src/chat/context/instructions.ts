/** The project's instruction files. Obeyed where the setting is on and the person trusts the workspace. */
import * as vscode from 'vscode';
import { type InstructionFile, instructionText } from './instructionText';
import { readText } from './readText';
import { withLf } from './text';

/** Those that every tool reads, then ours. */
const FILES = ['AGENTS.md', '.minnow/instructions.md'];

/** @param obeys whether the setting is on */
export async function readInstructions(obeys: boolean): Promise<string> {
  const folder = activeFolder();
  if (!obeys || !vscode.workspace.isTrusted || folder === undefined) return instructionText([]);
  const files = await Promise.all(
    FILES.map(async (name): Promise<InstructionFile[]> => {
      const read = await readText(vscode.Uri.joinPath(folder, name));
      return typeof read === 'string' ? [] : [{ name, text: withLf(read.text) }];
    }),
  );
  return instructionText(files.flat());
}

/** That of the active editor, else the first. */
function activeFolder(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const active = uri && vscode.workspace.getWorkspaceFolder(uri);
  return (active ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}
