/** A folder on this machine's disk, without the editor: its own file system is gone when the last counts of a window are written. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Folder } from './folder';

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
