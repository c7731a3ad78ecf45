/** Folders that appear and go in one step, on systems as well that keep what a process has open. */
import { readdir, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** End of the names of folders that were taken away and not yet removed. */
export const REMOVED = '.removed';

const TRIES = 6;
const PAUSE_MS = 250;

/** The error's code, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Names of what is in a folder; none where the folder is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return [];
    throw error;
  }
}

/** On Windows a scanner may hold files for a moment after they were written. */
export async function renameWhenFree(from: string, to: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || tried === TRIES || !isHeld(error)) throw error;
      await delay(PAUSE_MS * tried);
    }
  }
}

/**
 * Moves a folder aside as a whole: removing it in place could stop half-way at a file that is in use.
 *
 * @returns where it is now; `absent` where there was none; `inUse` where it could not be moved
 */
export async function takeAway(folder: string): Promise<{ readonly now: string } | 'absent' | 'inUse'> {
  const now = `${folder}.${process.pid}-${Date.now()}${REMOVED}`;
  try {
    await rename(folder, now);
    return { now };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'absent';
    if (isHeld(error)) return 'inUse';
    throw error;
  }
}

/** @returns false when something in it is in use */
export async function removeFolder(folder: string): Promise<boolean> {
  const taken = folder.endsWith(REMOVED) ? { now: folder } : await takeAway(folder);
  if (taken === 'inUse') return false;
  if (taken === 'absent') return true;
  try {
    await rm(taken.now, { recursive: true, force: true, maxRetries: 3 });
    return true;
  } catch (error) {
    if (isHeld(error)) return false;
    throw error;
  }
}

function isHeld(error: unknown): boolean {
  return ['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(error));
}
