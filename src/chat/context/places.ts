/** Which file or folder of the project a written path means. */
import * as vscode from 'vscode';
import type { FileList } from './fileList';
import { baseName, placesOf } from './paths';
import { isOfWeb } from './readText';

/** Where there is no such thing, or several. */
export type NoPlace = 'absent' | 'several';

/** A path as it stands behind `@file:` or `@folder:`. The end of one will do where only one file has it. */
export async function placeOf(
  written: string,
  type: 'file' | 'folder',
  files: FileList,
): Promise<vscode.Uri | NoPlace> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = placesOf(
    written,
    folders.map(({ name, uri }) => ({ name, path: uri.path })),
  );
  for (const { folder, path } of places) {
    const root = folders[folder]?.uri;
    const uri = root && (path === '' ? root : vscode.Uri.joinPath(root, path));
    if (uri && (await typeOf(uri)) === type) return uri;
  }
  if (type === 'folder' || places.length === 0) return 'absent';
  const ending = `/${written.replaceAll('\\', '/')}`;
  const [first, ...others] = (await files.all()).filter(({ name }) => `/${name}`.endsWith(ending));
  return first === undefined ? 'absent' : others.length > 0 ? 'several' : first.uri;
}

/** Undefined where there is nothing, or nothing that we may look at. */
export async function typeOf(uri: vscode.Uri): Promise<'file' | 'folder' | undefined> {
  if (isOfWeb(uri)) return undefined;
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type & vscode.FileType.Directory ? 'folder' : 'file';
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return undefined;
    throw error;
  }
}

/** As the model and the person know it. */
export function nameOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.workspaceFolders?.find((each) => each.uri.toString() === uri.toString());
  return folder?.name ?? vscode.workspace.asRelativePath(uri);
}

export function noPlaceSentence(written: string, why: NoPlace): string {
  return why === 'several'
    ? vscode.l10n.t('There are several files named {0}. Put the folder in front of the name.', baseName(written))
    : vscode.l10n.t('{0} was not found in the opened folders. Check its name, or drop it onto the chat.', written);
}
