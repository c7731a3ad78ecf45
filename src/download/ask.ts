/** What servers are asked before a download, while a person waits for the answer. */
import { addressOf } from './address';
import { DownloadError } from './faults';
import { shown } from './redact';
import { inspectRemote, type RemoteFile } from './remote';
import type { DownloadOptions } from './wanted';

/** The longest that a person waits, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * `fetch` as the editor has it, which takes addresses with a password as well.
 *
 * @param onAsked told each address that was spoken with, without credentials and query
 */
export function asking(onAsked: (url: string) => void): typeof globalThis.fetch {
  return async (input, init) => {
    const { url, authorization } = addressOf(input instanceof Request ? input.url : String(input));
    const headers = new Headers(init?.headers);
    if (authorization !== undefined) headers.set('authorization', authorization);
    onAsked(shown(url));
    const response = await globalThis.fetch(url, { ...init, headers });
    if (response.redirected && shown(response.url) !== shown(url)) onAsked(shown(response.url));
    return response;
  };
}

/** As `inspectRemote`. @throws DownloadError; `serverFailed` when no answer comes in time */
export async function inspectSoon(url: string, options: DownloadOptions, ms = PATIENCE_MS): Promise<RemoteFile> {
  const late = AbortSignal.timeout(ms);
  try {
    return await inspectRemote(url, options, late);
  } catch (error) {
    if (late.aborted && error === late.reason) throw new DownloadError('serverFailed', `no answer in ${ms} ms`);
    throw error;
  }
}
