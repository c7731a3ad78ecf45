/** What a server tells of a file before the file is fetched. */
import { type Address, addressOf, refuseDowngrade } from './address';
import { type Net, type Request, withAnswer } from './connection';
import { DownloadError, statusFault } from './faults';
import {
  contentLength,
  contentRange,
  digestIn,
  digestInEtag,
  isEncoded,
  isPage,
  retryAfterMs,
  sizeIn,
} from './headers';
import { settingsOf } from './wanted';

export interface RemoteFile {
  /** Where the bytes lie in the end. Its query may be a signature: show it by `shown` only. */
  readonly url: string;
  /** null where the server does not tell. */
  readonly bytes: number | null;
  /** Lower-case hex; null where the server does not tell. */
  readonly sha256: string | null;
  /** `header`: told as a digest. `etag`: an ETag that looks like one. */
  readonly sha256From: 'header' | 'etag' | null;
  /** Tried, not only told: one byte was asked for and one byte came. */
  readonly acceptsRanges: boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Commit of the hub's repository. */
  readonly commit: string | null;
}

/** The last answer of several that led to it. */
interface Walked {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** Of each answer, the first one first: the hub tells of a file where it leads on to its store. */
  readonly heard: readonly Headers[];
}

const MOST_REDIRECTS = 10;

/**
 * Asks with `HEAD`, then for the first byte: servers tell of ranges what is not so, and signed addresses often allow no `HEAD`.
 *
 * @throws DownloadError `badAddress`, `offline`, `untrusted`, `notFound`, `forbidden`, `notAFile`, `serverFailed`
 */
export async function inspectRemote(url: string, options: Partial<Net>, signal: AbortSignal): Promise<RemoteFile> {
  const net = settingsOf(options);
  const address = addressOf(url);
  const head = await walk('HEAD', address, net, signal);
  const isFound = head.status >= 200 && head.status < 300;
  if (isFound) refusePage(head.headers);
  const get = await walk('GET', isFound ? next(address, head.url) : address, net, signal);
  const isEmpty = get.status === 416 && isFound && contentLength(head.headers) === 0;
  if (get.status !== 200 && get.status !== 206 && !isEmpty)
    throw statusFault(get.status, retryAfterMs(get.headers, Date.now()));
  refusePage(get.headers);
  return remoteFile(head, get, new URL(address.url).host);
}

/** What both ways tell; the hub's own word on a file is heard before that of its store. */
function remoteFile(head: Walked, get: Walked, host: string): RemoteFile {
  const heard = [...head.heard, ...get.heard];
  const first = <T>(read: (headers: Headers) => T | null): T | null =>
    heard.reduce<T | null>((found, headers) => found ?? read(headers), null);
  const range = get.status === 206 ? contentRange(get.headers.get('content-range')) : undefined;
  const acceptsRanges = range?.start === 0 && range.end === 1 && range.total !== null && !isEncoded(get.headers);
  const served = acceptsRanges ? range.total : get.status === 200 ? contentLength(get.headers) : null;
  const linked = first((headers) => sizeIn(headers.get('x-linked-size')));
  if (linked !== null && served !== null && linked !== served)
    throw new DownloadError('wrongSize', `${linked} bytes by the hub, ${served} by its store`);
  const etag = get.headers.get('etag');
  const told = first(digestIn);
  // On another host an ETag may be a digest of something else: of pieces, for instance.
  const sha256 = told ?? (new URL(get.url).host === host ? digestInEtag(etag) : null);
  return {
    url: get.url,
    bytes: linked ?? served ?? contentLength(head.headers),
    sha256,
    sha256From: told !== null ? 'header' : sha256 === null ? null : 'etag',
    acceptsRanges,
    etag,
    lastModified: get.headers.get('last-modified'),
    commit: first((headers) => headers.get('x-repo-commit')),
  };
}

function refusePage(headers: Headers): void {
  if (isPage(headers)) throw new DownloadError('notAFile', `it is ${headers.get('content-type')}`);
}

/** Goes from answer to answer where a server leads on. */
async function walk(method: 'HEAD' | 'GET', from: Address, net: Net, signal: AbortSignal): Promise<Walked> {
  let address = from;
  const heard: Headers[] = [];
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const { status, headers, url } = await hop(method, address, net, signal);
    heard.push(headers);
    const location = [301, 302, 303, 307, 308].includes(status) ? headers.get('location') : null;
    if (location === null) return { url, status, headers, heard };
    if (!URL.canParse(location, url)) throw new DownloadError('serverFailed', 'it leads on to no address');
    address = next(address, new URL(location, url).href);
  }
  throw new DownloadError('serverFailed', `it leads on more than ${MOST_REDIRECTS} times`);
}

/** Credentials go to nobody but the host that they were given for. */
function next({ url, authorization }: Address, to: string): Address {
  refuseDowngrade(url, to);
  const isKept = authorization !== undefined && new URL(to).origin === new URL(url).origin;
  return { ...addressOf(to), ...(isKept ? { authorization } : {}) };
}

/** One request. A `fetch` that will not hand out a redirect is asked again to follow it by itself. */
async function hop(
  method: 'HEAD' | 'GET',
  { url, authorization }: Address,
  net: Net,
  signal: AbortSignal,
): Promise<Omit<Walked, 'heard'>> {
  const headers = {
    'accept-encoding': 'identity',
    ...(method === 'GET' ? { range: 'bytes=0-0' } : {}),
    ...(authorization === undefined ? {} : { authorization }),
  };
  const ask = (redirect: Request['redirect']): Promise<Omit<Walked, 'heard'>> =>
    withAnswer({ url, method, redirect, headers }, net, signal, async ({ response, chunks }) => {
      refuseDowngrade(url, response.url);
      // Read to its end, so that the connection can be used again.
      if (response.status === 206) for await (const chunk of chunks()) if (chunk.length > 1) break;
      return { url: response.url || url, status: response.status, headers: response.headers };
    });
  try {
    const answer = await ask('manual');
    if (answer.status !== 0) return answer;
  } catch (error) {
    if (!(error instanceof DownloadError) || error.fault !== 'offline') throw error;
  }
  return ask('follow');
}
