/** Every connection that Minnow has made or tried, kept over restarts and by all windows in one file: a line of JSON each. No `vscode`. */

import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseJson } from '../json';
import type { Connection } from './connection';
import { redacted } from './redact';

export interface Entry extends Connection {
  /** What a person asked for that led to it, in the words of the interface. */
  readonly why: string;
}

/** The newest so many are kept; the file is cut when it has twice as many. */
export const MOST_ENTRIES = 2_000;

export class Ledger {
  /** One after the other. */
  #writing = Promise.resolve();

  /** @param onFailed told where an entry could not be written: the connection is not held up by it */
  constructor(
    private readonly file: string,
    private readonly onFailed: (error: unknown) => void,
  ) {}

  /** Never throws. */
  note(entry: Entry): Promise<void> {
    const { url, when, bytes, why } = entry;
    // A line end before it as well: a disk that was full may have taken half a line.
    const line = `\n${JSON.stringify({ when, url: redacted(url), why: redacted(why), bytes })}\n`;
    return this.#next(async () => {
      await mkdir(path.dirname(this.file), { recursive: true });
      await appendFile(this.file, line, { mode: 0o600 });
      await this.#cut();
    });
  }

  /** The newest first, by what the clock said. @throws an error of the system where it cannot be read */
  async entries(): Promise<readonly Entry[]> {
    await this.#writing;
    const all = (await this.#lines()).flatMap((line) => entryIn(line) ?? []);
    // Those that were noted last, even where the clock was set back before.
    return all.slice(-MOST_ENTRIES).toSorted((a, b) => b.when - a.when);
  }

  clear(): Promise<void> {
    return this.#next(() => rm(this.file, { force: true }));
  }

  #next(work: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(work).catch(this.onFailed);
    return this.#writing;
  }

  async #cut(): Promise<void> {
    const lines = await this.#lines();
    if (lines.length <= 2 * MOST_ENTRIES) return;
    const shorter = `${this.file}.new`;
    try {
      await writeFile(shorter, `${lines.slice(-MOST_ENTRIES).join('\n')}\n`, { mode: 0o600 });
      await rename(shorter, this.file);
    } catch (error) {
      // On a full disk it stays as long as it is.
      await rm(shorter, { force: true });
      throw error;
    }
  }

  async #lines(): Promise<string[]> {
    try {
      return (await readFile(this.file, 'utf8')).split('\n').filter((line) => line !== '');
    } catch (error) {
      // Nothing was ever noted.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }
}

/** @returns undefined for a line that was cut off, or is none of ours */
function entryIn(line: string): Entry | undefined {
  const read = parseJson(line);
  if (typeof read !== 'object' || read === null) return undefined;
  if (!('when' in read && 'url' in read && 'why' in read && 'bytes' in read)) return undefined;
  const { when, url, why, bytes } = read;
  if (typeof when !== 'number' || !Number.isFinite(new Date(when).getTime()) || typeof bytes !== 'number')
    return undefined;
  return typeof url === 'string' && typeof why === 'string' ? { when, url, why, bytes } : undefined;
}
