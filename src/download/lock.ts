/** One process at a time downloads a file. A lock is kept fresh while its process lives, and taken over when it is not. */
import fs from 'node:fs';
import { isSystemError } from './faults';
import { lockOf, partOf } from './journal';

/** Loaded with the first download: it lays a hand on node's file system, which all extensions share. */
const library = async () => (await import('proper-lockfile')).default;

export interface Lock {
  /** Aborted when another process has taken the lock: this one was asleep too long. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
}

/**
 * @param staleMs age at which a lock that nobody freshened counts as left behind, in milliseconds; at least 2000
 * @returns undefined where another one has it
 */
export async function tryLock(file: string, staleMs: number): Promise<Lock | undefined> {
  const lost = new AbortController();
  try {
    const release = await (await library()).lock(partOf(file), {
      lockfilePath: lockOf(file),
      realpath: false,
      // A copy each time: how exactly a disk keeps times is remembered in it, and the next file may lie on another disk.
      fs: { ...fs },
      stale: staleMs,
      update: staleMs / 3,
      onCompromised: () => lost.abort(),
    });
    return { lost: lost.signal, release: () => giveBack(release) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined;
    throw error;
  }
}

/** One that was lost cannot be given back. */
async function giveBack(release: () => Promise<void>): Promise<void> {
  try {
    await release();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERELEASED')) throw error;
  }
}

export async function isLocked(file: string, staleMs: number): Promise<boolean> {
  try {
    return await (await library()).check(partOf(file), { lockfilePath: lockOf(file), realpath: false, stale: staleMs });
  } catch (error) {
    // Taken back between two looks at it.
    if (isSystemError(error) && error.code === 'ENOENT') return false;
    throw error;
  }
}
