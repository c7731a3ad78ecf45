/** What can be asked of a download, and what comes back. */
import type { Fetch, Net } from './connection';

export interface Wanted {
  /** `http` or `https`; a user name and password in it are sent as a header, and neither shown nor written down. */
  readonly url: string;
  /** Absolute path at which the file stands once it is whole and right, and never before. */
  readonly file: string;
  /** Exact size, where it is known. */
  readonly bytes?: number;
  /** Hex. Where it is null or absent, the digest that the server tells is checked instead. */
  readonly sha256?: string | null;
  /** As npm writes it: `sha512-` and base64. */
  readonly integrity?: string;
  /** What the file begins with, one byte a character: `GGUF`. */
  readonly magic?: string;
}

export interface Progress {
  /** Bytes on disk. */
  readonly received: number;
  /** Of so many; null while nobody has told the size. */
  readonly bytes: number | null;
  /** Over the last seconds. */
  readonly bytesPerSecond: number;
  /** null where it cannot be told: no bytes come, or the size is not known. */
  readonly secondsLeft: number | null;
  /** `retry`: the connection failed and is tried again soon. `otherWindow`: another process downloads this file. */
  readonly waiting?: 'retry' | 'otherWindow';
  /** All bytes are there; the digest of so many was taken. */
  readonly checked?: number;
}

export interface Downloaded {
  readonly file: string;
  /** Lower-case hex, of the bytes that lie on disk. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface DownloadOptions extends Partial<Net> {
  /** Connections at once, where the server allows it; 4. */
  readonly connections?: number;
  /** Size from which on there are several connections; 32 MiB. */
  readonly parallelFrom?: number;
  /** Most bytes that one request of several asks for; 64 MiB. */
  readonly pieceBytes?: number;
  /** Failures in a row, with hardly a new byte between them, until it gives up; 6. */
  readonly tries?: number;
  /** Wait after the first failure in ms, twice as long after each further one; 1000. */
  readonly backoffMs?: number;
  /** Bytes that shall stay free on the disk; 64 MiB. */
  readonly marginBytes?: number;
  /** So long after it was killed, another process may take over from one, in ms; 15 000, at least 2000. */
  readonly lockStaleMs?: number;
  /** How often one that waits for another process looks, in ms; 1000. */
  readonly pollMs?: number;
  /** Called four times a second while bytes come. */
  readonly onProgress?: (progress: Progress) => void;
}

export type Settings = Required<Omit<DownloadOptions, 'onConnection'>> & Net;

/** `globalThis.fetch` is looked up at each call: the editor replaces it by one that knows the user's proxy and certificates. */
export function settingsOf(options: DownloadOptions): Settings {
  const fetch: Fetch = (input, init) => globalThis.fetch(input, init);
  return {
    fetch,
    stallMs: 30_000,
    connections: 4,
    parallelFrom: 32 << 20,
    pieceBytes: 64 << 20,
    tries: 6,
    backoffMs: 1000,
    marginBytes: 64 << 20,
    lockStaleMs: 15_000,
    pollMs: 1000,
    onProgress: () => undefined,
    ...options,
  };
}
