/** What can keep a download from its end. */
import { redacted } from './redact';

/** Each has its sentence in `src/errors.ts`. */
export type DownloadFault =
  /** Not an `http` or `https` address. */
  | 'badAddress'
  /** What the file is to be compared with is not a digest that can be taken. */
  | 'badDigest'
  /** No server could be reached. */
  | 'offline'
  /** The server's certificate is not trusted, or it led from `https` to `http`. */
  | 'untrusted'
  | 'notFound'
  /** The server, or a proxy before it, wants to know who asks, or refuses. */
  | 'forbidden'
  /** A page or message came instead: a sign-in page, most likely. */
  | 'notAFile'
  /** The server answered with an error, cut the connection or went silent, again and again. */
  | 'serverFailed'
  | 'wrongSize'
  /** Whole, but not the bytes that were wanted: moved to `<file>.quarantine`. */
  | 'wrongBytes'
  /** The file on the server is another one than was wanted, or changes again and again. */
  | 'changed'
  | 'diskFull'
  /** The folder or the file cannot be written. */
  | 'notWritable'
  /** Another process downloads it. */
  | 'inUse';

export class DownloadError extends Error {
  override readonly name = 'DownloadError';

  /**
   * @param detail for the log; addresses in it are cut to what may be shown
   * @param retryAfterMs how long to wait at least before it is tried again; null where that would not help
   */
  constructor(
    readonly fault: DownloadFault,
    readonly detail: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${fault}: ${redacted(detail)}`);
    this.detail = redacted(detail);
  }
}

/** The signal was aborted. */
export class CancelledDownload extends Error {
  override readonly name = 'AbortError';

  /** @param kept true after a pause: what was received lies on disk and is not fetched again */
  constructor(readonly kept: boolean) {
    super(kept ? 'The download was paused.' : 'The download was cancelled.');
  }
}

/** The server does not serve parts of this file as it should: only the whole can be asked for. */
export class RangesRefused extends Error {}

/** The server has another file by now than the one that was begun. */
export class FileChanged extends Error {}

/** @param error of `node:fs` */
export function diskFault(error: unknown): DownloadError {
  if (error instanceof DownloadError) return error;
  if (!isSystemError(error)) throw error;
  const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return new DownloadError(isFull ? 'diskFull' : 'notWritable', error.message);
}

/** True for errors of the operating system, with their code. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}

/** @param error what `fetch` or its body was rejected with */
export function networkFault(error: unknown, hasAnswered: boolean): DownloadError {
  if (error instanceof DownloadError) return error;
  if (!(error instanceof Error)) return new DownloadError('offline', String(error), 0);
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` ${String(cause.code)}` : '';
  const detail = `${error.message}${code}${cause instanceof Error ? ` ${cause.message}` : ''}`;
  if (/CERT|SELF_SIGNED|LEAF_SIGNATURE|\bERR_TLS/.test(detail)) return new DownloadError('untrusted', detail);
  return new DownloadError(hasAnswered ? 'serverFailed' : 'offline', detail, 0);
}

/** @param status of an answer that is not the file */
export function statusFault(status: number, retryAfterMs: number): DownloadError {
  const detail = `status ${status}`;
  if (status === 404 || status === 410) return new DownloadError('notFound', detail);
  if ([401, 402, 403, 407, 451].includes(status)) return new DownloadError('forbidden', detail);
  const isPassing = status >= 500 || [408, 425, 429].includes(status);
  return new DownloadError('serverFailed', detail, isPassing ? retryAfterMs : null);
}
