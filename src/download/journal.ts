/** What is written down beside the bytes of an unfinished download, so that any process can go on with it. */

import { open, readFile, rename, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from '../json';
import { isSystemError } from './faults';
import { areRanges, type Ranges } from './ranges';

export interface Journal {
  readonly version: 1;
  /** Where it was asked for, without credentials. */
  readonly url: string;
  /** Size of the whole; null where the server does not tell. */
  readonly bytes: number | null;
  /** SHA-256 that the server told. */
  readonly sha256: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Bytes that had reached the disk before this was written. */
  readonly onDisk: Ranges;
}

export const partOf = (file: string): string => `${file}.part`;
export const journalOf = (file: string): string => `${partOf(file)}.json`;
/** Where bytes that turned out wrong are put. */
export const quarantineOf = (file: string): string => `${file}.quarantine`;
export const lockOf = (file: string): string => `${partOf(file)}.lock`;
const newJournalOf = (file: string): string => `${journalOf(file)}.new`;

/** @returns undefined for anything but a whole and sensible journal */
export function parseJournal(text: string): Journal | undefined {
  const read = parseJson(text);
  if (typeof read !== 'object' || read === null) return undefined;
  const { version, url, bytes, sha256, etag, lastModified, onDisk } = read as Partial<Record<keyof Journal, unknown>>;
  if (version !== 1 || typeof url !== 'string') return undefined;
  if (bytes !== null && !(typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0)) return undefined;
  if (!isTextOrNull(sha256) || !isTextOrNull(etag) || !isTextOrNull(lastModified)) return undefined;
  if (!areRanges(onDisk, bytes ?? Number.MAX_SAFE_INTEGER)) return undefined;
  return { version, url, bytes, sha256, etag, lastModified, onDisk };
}

/** @returns undefined where there is none, or none that can be used */
export async function readJournal(file: string): Promise<Journal | undefined> {
  try {
    return parseJournal(await readFile(journalOf(file), 'utf8'));
  } catch (error) {
    // Busy: on Windows, at the moment in which another process replaces it.
    if (isSystemError(error) && ['ENOENT', 'EBUSY', 'EPERM', 'EACCES'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Replaces the one before in one step: at any moment a whole one is there. */
export async function writeJournal(file: string, journal: Journal): Promise<void> {
  const handle = await open(newJournalOf(file), 'w');
  try {
    await handle.writeFile(JSON.stringify(journal));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await replace(newJournalOf(file), journalOf(file));
}

/** Removes what an unfinished download has left; the lock is not part of it. */
export async function removeTraces(file: string): Promise<void> {
  // Only where it is told to be recursive does it try again when a virus scanner holds a file.
  for (const each of [journalOf(file), newJournalOf(file), partOf(file)])
    await rm(each, { force: true, recursive: true, maxRetries: 5 });
}

/** A rename that waits a little where a virus scanner or reader on Windows holds the old file. */
export async function replace(from: string, to: string): Promise<void> {
  for (let left = 5; ; left--) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const isHeld = isSystemError(error) && ['EPERM', 'EACCES', 'EBUSY'].includes(error.code);
      if (!isHeld || left === 0) throw error;
      await sleep(100);
    }
  }
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}
