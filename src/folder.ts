/** A folder for what is kept on this machine's disk, without the editor: its own file system is gone when a window writes its last. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

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

/** @throws the system's error where the disk refuses */
export function diskFolder(folder: string): Folder {
  const at = (name: string): string => path.join(folder, name);
  return {
    async files() {
      const entries = (await orMissing(readdir(folder, { withFileTypes: true }))) ?? [];
      const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      const found = await Promise.all(
        names.map(async (name) => ({ name, changed: (await orMissing(stat(at(name))))?.mtimeMs })),
      );
      return found.flatMap(({ name, changed }) => (changed === undefined ? [] : [{ name, changed }]));
    },
    read: (name) => orMissing(readFile(at(name), 'utf8')),
    async write(name, text) {
      await mkdir(folder, { recursive: true });
      await writeFile(at(name), text);
    },
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name), { force: true }),
  };
}

/** undefined where it is not there, or went meanwhile. */
async function orMissing<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
