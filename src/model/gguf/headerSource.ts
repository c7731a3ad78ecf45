/** Where the bytes of a header come from, one piece after the other: a file or a server. */
import { type FileHandle, open, stat } from 'node:fs/promises';

export type SourceRefusal = 'missing' | 'unreadable' | 'unreachable';

export interface Source {
  /** Size of the whole file in bytes; null where no one could tell. */
  readonly bytes: number | null;
  /**
   * The next bytes, about so many; empty at the end.
   *
   * @throws ReadFailed
   */
  read(about: number): Promise<Uint8Array>;
  /** Ends it: a server stops to send. */
  close(): Promise<void>;
}

export interface SourceRefused {
  readonly refusal: SourceRefusal;
  /** For the log. */
  readonly detail: string;
}

/** The disk or the connection failed on the way. */
export class ReadFailed extends Error {
  constructor(
    readonly refusal: SourceRefusal,
    cause: unknown,
  ) {
    super(String(cause), { cause });
  }
}

export async function openFile(file: string): Promise<Source | SourceRefused> {
  try {
    // A pipe would be waited for.
    if (!(await stat(file)).isFile()) return { refusal: 'unreadable', detail: `${file} is not a file` };
    const handle = await open(file, 'r');
    return new FileSource(handle, (await handle.stat()).size);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    return { refusal: isMissing ? 'missing' : 'unreadable', detail: error.message };
  }
}

/**
 * Asks for the start of a file with one request. A server that sends all of the file instead is cut off by `close`.
 *
 * @param most bytes to ask for
 */
export async function openUrl(
  url: string,
  most: number,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Source | SourceRefused> {
  const headers = { range: `bytes=0-${most - 1}`, 'accept-encoding': 'identity' };
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof Error) return error;
    throw error;
  });
  if (response instanceof Error) return { refusal: 'unreachable', detail: `${response}: ${response.cause ?? ''}` };
  if (response.status === 416) return new UrlSource(undefined, 0);
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    const isMissing = response.status === 404 || response.status === 410;
    return { refusal: isMissing ? 'missing' : 'unreachable', detail: `${response.status} ${response.statusText}` };
  }
  return new UrlSource(response.body.getReader(), sizeOf(response));
}

class FileSource implements Source {
  #at = 0;

  constructor(
    private readonly handle: FileHandle,
    readonly bytes: number,
  ) {}

  async read(about: number): Promise<Uint8Array> {
    const length = Math.max(0, Math.min(about, this.bytes - this.#at));
    try {
      const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(length), 0, length, this.#at);
      this.#at += bytesRead;
      return buffer.subarray(0, bytesRead);
    } catch (error) {
      if (isSystemError(error)) throw new ReadFailed('unreadable', error);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

class UrlSource implements Source {
  constructor(
    private readonly reader: Pick<ReadableStreamDefaultReader<Uint8Array>, 'read' | 'cancel'> | undefined,
    readonly bytes: number | null,
  ) {}

  async read(): Promise<Uint8Array> {
    try {
      return (await this.reader?.read())?.value ?? new Uint8Array();
    } catch (error) {
      throw new ReadFailed('unreachable', error);
    }
  }

  async close(): Promise<void> {
    // A stream that has failed already answers with its failure, which the reading has told.
    await this.reader?.cancel().catch(() => undefined);
  }
}

/** `Content-Range: bytes 0-99/12345` tells it of the part, `Content-Length` of the whole. */
function sizeOf({ status, headers }: Response): number | null {
  const text =
    status === 206 ? /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] : headers.get('content-length');
  return text && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** An error of the operating system, as node reports it. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
