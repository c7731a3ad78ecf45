/** Files of the workspace by the paths that a model writes: relative, with `/`. */
import * as vscode from 'vscode';
import { findEverywhere, MADE } from '../findFiles';

/** Those that are there; where there are several folders, a path may begin with the name of one. */
export async function filesAt(path: string): Promise<readonly vscode.Uri[]> {
  const places = (vscode.workspace.workspaceFolders ?? []).flatMap(({ uri, name }) => {
    const inFolder = path.startsWith(`${name}/`) ? [path.slice(name.length + 1)] : [];
    return [path, ...inFolder].map((each) => vscode.Uri.joinPath(uri, each));
  });
  return (await Promise.all(places.map(async (uri) => ((await isFile(uri)) ? [uri] : [])))).flat();
}

/** Those whose paths end so, wherever they lie. */
export function filesBelow(path: string, most: number): Promise<readonly vscode.Uri[]> {
  return findEverywhere({
    pattern: `**/${path}`,
    excluded: `**/{${MADE.join()}}/**`,
    most,
    fits: (each) => `/${each}`.endsWith(`/${path}`),
    skipped: MADE,
  });
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    return false;
  }
}
