/** The project's instruction files. Obeyed where the setting is on and the person trusts the workspace. */
import * as vscode from 'vscode';
import type { Readable } from '../../privacy/readable';
import { type InstructionFile, instructionText, projectText } from './instructionText';
import { readText } from './readText';
import { withLf } from './text';

/** Those that every tool reads, then ours. */
const FILES = ['AGENTS.md', '.minnow/instructions.md'];

/** Ours and the project's, for a question. @param obeys whether the setting is on */
export async function readInstructions(obeys: boolean, readable: Readable): Promise<string> {
  return instructionText(await filesFor(vscode.window.activeTextEditor?.document.uri, obeys, readable));
}

/** The project's alone, for what is written into a file of it; '' none. @param obeys whether the setting is on */
export async function projectInstructions(file: vscode.Uri, obeys: boolean, readable: Readable): Promise<string> {
  return projectText(await filesFor(file, obeys, readable));
}

async function filesFor(file: vscode.Uri | undefined, obeys: boolean, readable: Readable): Promise<InstructionFile[]> {
  const folder = folderOf(file);
  if (!obeys || !vscode.workspace.isTrusted || folder === undefined) return [];
  const files = await Promise.all(
    FILES.map(async (name): Promise<InstructionFile[]> => {
      const uri = vscode.Uri.joinPath(folder, name);
      // Many keep theirs out of git: only what is closed, or leads out of the folder, is not theirs to give.
      const decision = await readable.decide(uri);
      if (!decision.mayRead && decision.reason !== 'gitIgnored') return [];
      const read = await readText(uri);
      return typeof read === 'string' ? [] : [{ name, text: withLf(read.text) }];
    }),
  );
  return files.flat();
}

/** That of the file, else the first. */
function folderOf(file: vscode.Uri | undefined): vscode.Uri | undefined {
  const own = file && vscode.workspace.getWorkspaceFolder(file);
  return (own ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}
