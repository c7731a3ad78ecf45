/** What each test of downloads starts from: a server, an empty folder, a file of random bytes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { download } from '../../src/download/download';
import { DownloadError, type DownloadFault } from '../../src/download/faults';
import type { Downloaded, DownloadOptions, Wanted } from '../../src/download/wanted';
import { Hub, type Served } from './hub';

/** Short waits; several connections from the first byte on where a test says so. */
export const quick: DownloadOptions = { backoffMs: 5, tries: 3, stallMs: 300, marginBytes: 0, pollMs: 50 };
export const parallel: DownloadOptions = { ...quick, parallelFrom: 1000, pieceBytes: 200_000 };

export class Place {
  private constructor(
    readonly hub: Hub,
    readonly folder: string,
    readonly file: string,
  ) {}

  static async make(): Promise<Place> {
    const hub = new Hub();
    await hub.start();
    const folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
    return new Place(hub, folder, path.join(folder, 'deep', 'model.gguf'));
  }

  /** Whatever came of them, downloads leave no file open. */
  async remove(): Promise<void> {
    assert.deepEqual(await openFilesBelow(this.folder), []);
    await this.hub.stop();
    await rm(this.folder, { recursive: true });
  }

  /** Serves a file, by default as the hub does. */
  serve(served: Served, at = '/a/model.gguf'): void {
    this.hub.files.set(at, { etag: '"one"', ...served });
  }

  wanted(more: Partial<Wanted> = {}): Wanted {
    return { url: this.hub.url('/a/model.gguf'), file: this.file, magic: 'GGUF', ...more };
  }

  get(options: DownloadOptions = quick, more: Partial<Wanted> = {}, signal?: AbortSignal): Promise<Downloaded> {
    return download(this.wanted(more), options, signal ?? new AbortController().signal);
  }

  async faultOf(options: DownloadOptions = quick, more: Partial<Wanted> = {}): Promise<DownloadFault | 'none'> {
    try {
      await this.get(options, more);
      return 'none';
    } catch (error) {
      if (error instanceof DownloadError) return error.fault;
      throw error;
    }
  }

  /** Names of what lies there, sorted, with `model.gguf` left out of each. */
  async left(): Promise<readonly string[]> {
    const names = await readdir(path.dirname(this.file));
    return names.map((name) => name.replace('model.gguf', '')).toSorted();
  }

  content(): Promise<Buffer> {
    return readFile(this.file);
  }
}

/** Of this process; where the system tells. */
async function openFilesBelow(folder: string): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const names = await readdir('/proc/self/fd');
  const files = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return files.filter((file) => file.startsWith(folder));
}

/** So many bytes, which begin as a model does. */
export function modelBytes(bytes: number): Buffer {
  return Buffer.concat([Buffer.from('GGUF'), randomBytes(bytes - 4)]);
}
