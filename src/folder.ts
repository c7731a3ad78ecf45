/** A folder for what is kept, wherever the editor has its storage. */
import * as vscode from 'vscode';

/** A flat folder of texts. Names are bare file names. */
export interface Folder {
  /** Files with the time of their last change in milliseconds since 1970; none where the folder is not there. */
  files(): Promise<readonly { readonly name: string; readonly changed: number }[]>;
  /** undefined where it is not there. */
  read(name: string): Promise<string | undefined>;
  /** Makes the folder where it is not there. */
  write(name: string, text: string): Promise<void>;
  /** What bears the new name already is replaced. */
  rename(from: string, to: string): Promise<void>;
  /** Nothing is done where it is not there. */
  remove(name: string): Promise<void>;
}

/** @throws vscode.FileSystemError where the disk refuses */
export function storageFolder(uri: vscode.Uri): Folder {
  const { fs } = vscode.workspace;
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(uri, name);
  return {
    async files() {
      const entries = (await orMissing(fs.readDirectory(uri))) ?? [];
      const names = entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
      const found = await Promise.all(
        names.map(async (name) => ({ name, changed: (await orMissing(fs.stat(at(name))))?.mtime })),
      );
      return found.flatMap(({ name, changed }) => (changed === undefined ? [] : [{ name, changed }]));
    },
    async read(name) {
      const bytes = await orMissing(fs.readFile(at(name)));
      return bytes && new TextDecoder().decode(bytes);
    },
    async write(name, text) {
      await fs.createDirectory(uri);
      await fs.writeFile(at(name), new TextEncoder().encode(text));
    },
    async rename(from, to) {
      await fs.rename(at(from), at(to), { overwrite: true });
    },
    async remove(name) {
      await orMissing(fs.delete(at(name)));
    },
  };
}

/** undefined where it is not there, or went meanwhile. */
async function orMissing<T>(result: Thenable<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}
