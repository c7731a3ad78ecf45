/** What servers are asked before a download, while a person waits for the answer. */
import { addressOf } from './address';
import type { Connection } from './connection';
import { DownloadError } from './faults';
import { shown } from './redact';
import { inspectRemote, type RemoteFile } from './remote';
import type { DownloadOptions } from './wanted';

/** The longest that a person waits, in milliseconds. */
const PATIENCE_MS = 30_000;

/**
 * `fetch` as the editor has it, which takes addresses with a password as well.
 *
 * @param onConnection told of each that was made or tried, when its body has been read, or is not going to be
 */
export function asking(onConnection: (connection: Connection) => void): typeof globalThis.fetch {
  return async (input, init) => {
    const { url, authorization } = addressOf(input instanceof Request ? input.url : String(input));
    const headers = new Headers(init?.headers);
    if (authorization !== undefined) headers.set('authorization', authorization);
    const when = Date.now();
    const note = (to: string, bytes: number): void => onConnection({ url: shown(to), when, bytes });
    const response = await globalThis.fetch(url, { ...init, headers }).catch((error: unknown) => {
      note(url, 0);
      throw error;
    });
    const last = response.url || url;
    // Where it was led on, both ends were spoken with.
    if (shown(last) !== shown(url)) note(url, 0);
    return counted(response, (bytes) => note(last, bytes));
  };
}

/** The same answer; `onEnd` is called once, with the bytes of its body that were read. */
function counted(response: Response, onEnd: (bytes: number) => void): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) {
    onEnd(0);
    return response;
  }
  let bytes = 0;
  let end = (): void => {
    end = () => undefined;
    onEnd(bytes);
  };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull: async (controller) => {
      const read = await reader.read().catch((error: unknown) => {
        end();
        throw error;
      });
      if (read.done) {
        end();
        controller.close();
      } else {
        bytes += read.value.length;
        controller.enqueue(read.value);
      }
    },
    cancel: async (reason) => {
      end();
      await reader.cancel(reason);
    },
  };
  // Nothing is read ahead of whoever reads it.
  const body = new ReadableStream(source, { highWaterMark: 0 });
  const { status, statusText, headers, url } = response;
  return Object.defineProperty(new Response(body, { status, statusText, headers }), 'url', { value: url });
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
