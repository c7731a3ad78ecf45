/** A folder of conversations on node's own file system. */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Folder } from '../../src/folder';

export function nodeFolder(folder: string): Folder {
  const at = (name: string): string => path.join(folder, name);
  const orMissing = <T>(result: Promise<T>): Promise<T | undefined> =>
    result.catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
  return {
    files: async () =>
      Promise.all(
        ((await orMissing(readdir(folder))) ?? []).map(async (name) => ({
          name,
          changed: (await stat(at(name))).mtimeMs,
        })),
      ),
    read: (name) => orMissing(readFile(at(name), 'utf8')),
    write: async (name, text) => {
      await mkdir(folder, { recursive: true });
      await writeFile(at(name), text);
    },
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name), { force: true }),
  };
}
