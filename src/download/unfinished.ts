/** Downloads that were begun and not ended. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DownloadError, diskFault, isSystemError } from './faults';
import { partOf, readJournal, removeTraces } from './journal';
import { isLocked, tryLock } from './lock';
import { sizeOf } from './ranges';
import { settingsOf } from './wanted';

export interface Unfinished {
  /** Where it would stand when it is whole. */
  readonly file: string;
  readonly name: string;
  /** Without credentials; null where the journal was lost: then it begins anew. */
  readonly url: string | null;
  /** Bytes on disk that are not fetched again. */
  readonly received: number;
  /** null where the server did not tell. */
  readonly bytes: number | null;
  /** A process, this one or another, is at it. */
  readonly isRunning: boolean;
}

/**
 * @param folder one that is not there has none
 * @throws DownloadError `notWritable` for one that cannot be read either
 */
export async function unfinished(folder: string): Promise<readonly Unfinished[]> {
  const names = await namesIn(folder);
  const files = names.filter((name) => name.endsWith(partOf(''))).map((name) => name.slice(0, -partOf('').length));
  return Promise.all(files.toSorted().map((name) => look(path.join(folder, name))));
}

/**
 * Removes what lies there of a download; nothing is done where nothing is.
 *
 * @param file where it would stand when it is whole
 * @throws DownloadError `inUse` while a process is at it, `notWritable`
 */
export async function discard(file: string): Promise<void> {
  try {
    const lock = await tryLock(file, settingsOf({}).lockStaleMs);
    if (lock === undefined) throw new DownloadError('inUse', path.basename(file));
    try {
      await removeTraces(file);
    } finally {
      await lock.release();
    }
  } catch (error) {
    if (!isMissing(error)) throw diskFault(error);
  }
}

async function look(file: string): Promise<Unfinished> {
  const journal = await readJournal(file);
  return {
    file,
    name: path.basename(file),
    url: journal?.url ?? null,
    received: sizeOf(journal?.onDisk ?? []),
    bytes: journal?.bytes ?? null,
    isRunning: await isLocked(file, settingsOf({}).lockStaleMs),
  };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw diskFault(error);
  }
}

function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}
