/** The folder in which windows of a user find each other: nobody else may look into it. */
import { accessSync, constants } from 'node:fs';
import { lstat, mkdir } from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';
import { folderFlaw, runtimeFolder } from './sharing';

/** Why windows cannot share a process here, as a sentence for the log. */
export class CannotShare extends Error {}

/** Its path, whether it is there or not. In containers, WSL and after `su` the system names a folder that is not there, or another user's. */
export function runtimeFolderOf(env = process.env): string {
  const { XDG_RUNTIME_DIR: named } = env;
  const known = named !== undefined && isWritable(named) ? env : {};
  return runtimeFolder(known, os.tmpdir(), process.getuid?.() ?? os.userInfo().username);
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    // Not there, or not ours.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Makes it where it is not there yet. @throws CannotShare when it is not the user's alone */
export async function openRuntimeFolder(env = process.env): Promise<string> {
  const folder = runtimeFolderOf(env);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  const flaw = folderFlaw(await lstat(folder), process.getuid?.());
  if (flaw !== undefined) throw new CannotShare(`${folder} ${flaw}.`);
  return folder;
}
