/** Files of a folder. The editor searches only where an extension can search; elsewhere the folders are read one by one. */
import * as vscode from 'vscode';

/** Where the editor, or the extension that a file system comes from, searches by itself. */
const SEARCHED = ['file', 'vscode-remote', 'vscode-vfs'];
/** Of larger file systems the rest is not seen: each folder may be a question to another machine. */
const MOST_FOLDERS = 2_000;

/** Folders of what was made or fetched: nobody writes code there. */
export const MADE: readonly string[] = ['node_modules', '.git', 'dist', 'build', 'out', 'target', 'vendor', '.venv'];

/** A pattern for the editor, and what says the same of a path where the editor cannot search. */
export interface Wanted {
  readonly pattern: string;
  readonly excluded: string;
  readonly most: number;
  /** @param path relative to the folder, with `/` */
  readonly fits: (path: string) => boolean;
  /** Names of folders that are not looked into. */
  readonly skipped: readonly string[];
}

/** In all opened folders. */
export async function findEverywhere(wanted: Wanted): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map((folder) => findFiles(folder, wanted)));
  return found.flat().slice(0, wanted.most);
}

export async function findFiles(folder: vscode.WorkspaceFolder, wanted: Wanted): Promise<vscode.Uri[]> {
  const { pattern, excluded, most } = wanted;
  if (!SEARCHED.includes(folder.uri.scheme)) return walk(folder.uri, wanted);
  return vscode.workspace.findFiles(new vscode.RelativePattern(folder, pattern), excluded, most);
}

/** The nearest to the top first. Links are not followed: they may lead in circles. */
async function walk(root: vscode.Uri, { most, fits, skipped }: Wanted): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const folders = [''];
  for (let at = 0; at < Math.min(folders.length, MOST_FOLDERS) && found.length < most; at++) {
    const folder = folders[at] ?? '';
    for (const [name, type] of await entriesOf(vscode.Uri.joinPath(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (type === vscode.FileType.Directory && !skipped.includes(name)) folders.push(path);
      if (type === vscode.FileType.File && fits(path)) found.push(vscode.Uri.joinPath(root, path));
    }
  }
  return found.slice(0, most);
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch (error) {
    // Gone meanwhile, closed to us, or of an extension that is not there yet.
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}
