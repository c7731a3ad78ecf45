/** The unfinished file and its journal, which never claims a byte that is not on disk. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { DownloadError, isSystemError } from './faults';
import { type Journal, journalOf, partOf, readJournal, writeJournal } from './journal';
import { type Ranges, sizeOf, withRange } from './ranges';
import { contradicts } from './verify';

/** What is written to at most so often, in milliseconds: the disk is waited for each time. */
const SAVE_EVERY_MS = 1000;

/** What tells one file on a server from another. */
export type Origin = Omit<Journal, 'version' | 'onDisk'>;

export class Part {
  #onDisk: Ranges = [];
  #savedAt = performance.now();
  #isSaving = false;
  /** Settles when all saving that was asked for is over: one at a time. */
  #saved: Promise<void> = Promise.resolve();

  private constructor(
    private readonly file: string,
    private readonly origin: Origin,
    private readonly magic: string | undefined,
    private readonly handle: FileHandle,
  ) {}

  /**
   * Goes on with what lies there if it is of the same file, else begins anew.
   *
   * @param mayGoOn false: only a whole one is of use, for parts cannot be asked for
   * @throws the error of the operating system, here as below
   */
  static async open(file: string, origin: Origin, mayGoOn: boolean, magic?: string): Promise<Part> {
    const journal = await readJournal(file);
    const part = new Part(file, origin, magic, await openPart(partOf(file)));
    try {
      const { size } = await part.handle.stat();
      const isThere = journal !== undefined && size >= (journal.onDisk.at(-1)?.[1] ?? 0);
      const isUseful = mayGoOn || sizeOf(journal?.onDisk ?? []) === origin.bytes;
      if (isUseful && isThere && isSame(journal, origin)) part.#onDisk = journal.onDisk;
      else await part.clear();
      return part;
    } catch (error) {
      await part.close();
      throw error;
    }
  }

  get onDisk(): Ranges {
    return this.#onDisk;
  }

  /** Whether its first byte is there: its beginning was looked at then. */
  get isBegun(): boolean {
    return this.#onDisk[0]?.[0] === 0;
  }

  get received(): number {
    return sizeOf(this.#onDisk);
  }

  /** @throws DownloadError `notAFile` when the first bytes are not the magic */
  async write(chunk: Uint8Array, at: number): Promise<void> {
    if (contradicts(chunk, at, this.magic)) throw new DownloadError('notAFile', 'it begins as no such file does');
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await this.handle.write(chunk, done, chunk.length - done, at + done);
      this.#onDisk = withRange(this.#onDisk, [at + done, at + done + bytesWritten]);
      done += bytesWritten;
    }
    if (!this.#isSaving && performance.now() - this.#savedAt > SAVE_EVERY_MS) await this.save();
  }

  /** Waits for the disk, then writes down what is on it. */
  save(): Promise<void> {
    const saved = this.#saved.then(() => this.#saveNow());
    const ignore = (): void => undefined;
    this.#saved = saved.then(ignore, ignore);
    return saved;
  }

  /** As `save`, where the disk may be what has failed: the journal of a moment ago is right as well then. */
  async saveIfPossible(): Promise<void> {
    try {
      await this.save();
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  }

  /** Forgets all bytes; the journal first, so that it never claims what is gone. */
  async clear(): Promise<void> {
    this.#onDisk = [];
    await rm(journalOf(this.file), { force: true });
    await this.handle.truncate(0);
    await this.save();
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  async #saveNow(): Promise<void> {
    this.#isSaving = true;
    const onDisk = this.#onDisk;
    try {
      await this.handle.datasync();
      await writeJournal(this.file, { version: 1, ...this.origin, onDisk });
    } finally {
      this.#isSaving = false;
      this.#savedAt = performance.now();
    }
  }
}

async function openPart(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+');
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return open(file, 'w+');
    throw error;
  }
}

/** The digest decides where the server told one both times; else size, address and what the server calls this version. */
function isSame(journal: Journal, origin: Origin): boolean {
  if (journal.bytes === null || journal.bytes !== origin.bytes) return false;
  if (journal.sha256 !== null && origin.sha256 !== null) return journal.sha256 === origin.sha256;
  if (journal.url !== origin.url) return false;
  if (journal.etag !== null || origin.etag !== null) return journal.etag === origin.etag;
  return journal.lastModified !== null && journal.lastModified === origin.lastModified;
}
