/** Removes what processes have left behind that could not: they were killed, or another version came. */
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { lockAt } from '../lock';
import { isRunning } from './endProcess';
import { LOCK_STALE_MS, readDescription } from './sharing';

/** What windows leave in the folder for a process, with the name that `identityOf` gives it. */
const LEFT = /^([0-9a-f]{16})\.(?:json|json\.new|log|lock)$/;

/** @param folder the runtime folder. Windows that start or join something meanwhile are left alone. */
export async function sweep(folder: string): Promise<void> {
  const names = (await readdir(folder)).flatMap((name) => LEFT.exec(name)?.[1] ?? []);
  for (const name of new Set(names)) {
    const at = path.join(folder, name);
    const lock = await lockAt(`${at}.lock`, LOCK_STALE_MS);
    if (lock === undefined) continue;
    try {
      await sweepOne(folder, at);
    } finally {
      await lock.release();
    }
  }
}

async function sweepOne(folder: string, at: string): Promise<void> {
  const description = readDescription(await textOf(`${at}.json`));
  if (description !== undefined && isRunning(description.pid)) return;
  // Only what is a socket in here: a file may say anything.
  if (description !== undefined && path.dirname(description.pipe) === folder)
    await rm(description.pipe, { force: true });
  for (const each of [`${at}.json`, `${at}.json.new`, `${at}.log`]) await rm(each, { force: true });
}

/** @returns '' where another window was here first */
export async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
