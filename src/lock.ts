/** A lock among processes: kept fresh while its process lives, and taken over when it is not. */
import fs from 'node:fs';
import { rmdir, stat } from 'node:fs/promises';

/** Loaded with the first lock: it lays a hand on node's file system, which all extensions share. */
const library = async () => (await import('proper-lockfile')).default;

export interface Lock {
  /** Aborted when another process has taken the lock: this one was asleep too long. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
}

/**
 * @param file where the lock lies, in a folder that is there
 * @param staleMs age at which a lock that nobody freshened counts as left behind, in milliseconds; at least 2000
 * @returns undefined where another one has it
 */
export async function lockAt(file: string, staleMs: number): Promise<Lock | undefined> {
  const lost = new AbortController();
  try {
    const release = await (await library()).lock(file, {
      lockfilePath: file,
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

/**
 * Removes a lock that was made later than now: the clock was set back since, so its age would not tell for long that it was left behind. One
 * that is alive is made fresh each third of its age, so whoever asks has waited that long.
 */
export async function removeFromFuture(file: string, staleMs: number): Promise<void> {
  try {
    if ((await stat(file)).mtimeMs > Date.now() + staleMs) await rmdir(file);
  } catch (error) {
    // Given back between two looks at it.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** One that was lost cannot be given back; another one of this process may have given it back already. */
async function giveBack(release: () => Promise<void>): Promise<void> {
  try {
    await release();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERELEASED' && code !== 'ENOTACQUIRED') throw error;
  }
}

export async function isLockedAt(file: string, staleMs: number): Promise<boolean> {
  try {
    return await (await library()).check(file, { lockfilePath: file, realpath: false, stale: staleMs });
  } catch (error) {
    // Taken back between two looks at it.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
