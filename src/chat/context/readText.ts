/** The text of a file as the person sees it: what is not saved yet counts. */
import * as vscode from 'vscode';
import { isBinary, MOST_BYTES } from '../../privacy/content';
import { cutTo, languageOf, MOST_TEXT } from './text';

/** Why a file has no text for us. */
export type NoText = 'absent' | 'folder' | 'binary' | 'large';

export interface ReadFile {
  /** No longer than `MOST_TEXT`. */
  readonly text: string;
  readonly languageId: string | undefined;
  readonly isCut: boolean;
}

export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === wanted);
}

/** Some editors read these too: we fetch nothing. */
export function isOfWeb({ scheme }: vscode.Uri): boolean {
  return scheme === 'http' || scheme === 'https';
}

export async function readText(uri: vscode.Uri): Promise<ReadFile | NoText> {
  if (isOfWeb(uri)) return 'absent';
  const open = openDocument(uri);
  if (open !== undefined) return cut(open.getText(), open.languageId);
  const notebook = vscode.workspace.notebookDocuments.find((each) => each.uri.toString() === uri.toString());
  if (notebook !== undefined) return cut(cellsOf(notebook), notebook.cellAt(0).document.languageId);
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) return 'folder';
    if (size > MOST_BYTES) return 'large';
    const bytes = await vscode.workspace.fs.readFile(uri);
    return isBinary(bytes) ? 'binary' : await decoded(bytes, uri);
  } catch (error) {
    // Not there, not readable, or of a kind that no file system here knows.
    if (error instanceof vscode.FileSystemError) return 'absent';
    throw error;
  }
}

/** By the encoding that the person has set for it. */
async function decoded(bytes: Uint8Array, uri: vscode.Uri): Promise<ReadFile | NoText> {
  try {
    return cut(await vscode.workspace.decode(bytes, { uri }), languageOf(uri.path));
  } catch (error) {
    // The editor has an eye for binary files of its own, and tells by an error without a code.
    if (error instanceof Error) return 'binary';
    throw error;
  }
}

function cut(text: string, languageId: string | undefined): ReadFile {
  return { text: cutTo(text, MOST_TEXT), languageId, isCut: text.length > MOST_TEXT };
}

function cellsOf(notebook: vscode.NotebookDocument): string {
  return notebook
    .getCells()
    .map(({ document }) => document.getText())
    .join('\n\n');
}

export function noTextSentence(name: string, why: NoText): string {
  switch (why) {
    case 'absent':
      return vscode.l10n.t(
        '{0} was not found in the opened folders. Check its name, or drop the file onto the chat.',
        name,
      );
    case 'folder':
      return vscode.l10n.t('{0} is a folder. Name it with @folder.', name);
    case 'binary':
      return vscode.l10n.t('{0} is not a text file, so it was left out.', name);
    case 'large':
      return vscode.l10n.t('{0} is too large to be read. Select the part that matters instead.', name);
  }
}
