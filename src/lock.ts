/** A lock among processes: kept fresh while its process lives, and taken over when it is not. */
import fs from 'node:fs';
import { rmdir, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Loaded with the first lock: it lays a hand on node's file system, which all extensions share. */
const library = async () => (await import('proper-lockfile')).default;

export interface Lock {
  /** Aborted when another process has taken the lock: this one was asleep too long. */
  readonly lost: AbortSignal;
  readonly release: () => Promise<void>;
}

/**
 * Where the lock is from a time to come, because the clock was set back, this takes as long as `staleMs`: whether somebody still freshens it
 * must be seen.
 *
 * @param file where the lock lies, in a folder that is there
 * @param staleMs age at which a lock that nobody freshened counts as left behind, in milliseconds; at least 2000
 * @returns undefined where another one has it
 */
export async function lockAt(file: string, staleMs: number): Promise<Lock | undefined> {
  const lock = await tryLock(file, staleMs);
  if (lock !== undefined || !(await isLeftAhead(file, staleMs))) return lock;
  await rmdir(file).catch(unlessGone);
  return tryLock(file, staleMs);
}

async function tryLock(file: string, staleMs: number): Promise<Lock | undefined> {
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
    const mine = await madeAt(file);
    // One that was lost and not missed yet is another one's by now.
    return { lost: lost.signal, release: async () => ((await madeAt(file)) === mine ? giveBack(release) : undefined) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOCKED') return undefined;
    throw error;
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
    const isFresh = await (await library()).check(file, { lockfilePath: file, realpath: false, stale: staleMs });
    return isFresh && !(await isLeftAhead(file, staleMs));
  } catch (error) {
    // Taken back between two looks at it.
    unlessGone(error);
    return false;
  }
}

/** The library asks only whether a lock is too old: one from tomorrow would hold for a day. Whoever has it freshens it three times in `staleMs`. */
async function isLeftAhead(file: string, staleMs: number): Promise<boolean> {
  const before = await freshenedAt(file);
  if (before === undefined || before <= Date.now() + staleMs) return false;
  await delay(staleMs);
  return (await freshenedAt(file)) === before;
}

/** When the lock was taken, in nanoseconds since 1970; undefined where there is none. */
async function madeAt(file: string): Promise<bigint | undefined> {
  try {
    return (await stat(file, { bigint: true })).birthtimeNs;
  } catch (error) {
    unlessGone(error);
    return undefined;
  }
}

/** In milliseconds since 1970; undefined where there is no lock. */
async function freshenedAt(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    unlessGone(error);
    return undefined;
  }
}

/** @throws the error, where it is another one */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
