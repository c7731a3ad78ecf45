/** Addresses as they are asked, and the mirrors that a person may put in the place of the public hosts. */
import { DownloadError } from './faults';
import { shown } from './redact';

/** Hosts for which a mirror can stand. */
const MIRRORED = ['https://huggingface.co', 'https://registry.npmjs.org'];

/** How a request is made for an address: `fetch` takes none with a password in it. */
export interface Address {
  readonly url: string;
  /** Value of the `Authorization` header, where the address had a user name. */
  readonly authorization?: string;
}

/**
 * The address on a mirror, for addresses of the Hugging Face hub and of the npm registry; any other stays as it is.
 *
 * @param mirror what stands before the path: `https://mirror.example/hub`; empty for none
 * @throws DownloadError `badAddress`
 */
export function withMirror(url: string, mirror: string): string {
  const from = parsed(url);
  if (mirror.trim() === '' || !MIRRORED.includes(from.origin)) return url;
  const to = parsed(mirror.trim());
  if (to.search !== '' || to.hash !== '') throw new DownloadError('badAddress', 'a mirror has no query');
  to.pathname = to.pathname.replace(/\/+$/, '') + from.pathname;
  to.search = from.search;
  return to.href;
}

/** @throws DownloadError `badAddress` */
export function addressOf(url: string): Address {
  const { username, password, href } = parsed(url);
  if (username === '' && password === '') return { url: href };
  const bare = new URL(href);
  bare.username = '';
  bare.password = '';
  const pair = `${decoded(username)}:${decoded(password)}`;
  return { url: bare.href, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** @throws DownloadError `untrusted` where it leads from `https` to `http` */
export function refuseDowngrade(from: string, to: string): void {
  if (from.startsWith('https:') && to.startsWith('http:'))
    throw new DownloadError('untrusted', `${from} leads to ${to}`);
}

function parsed(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol))
    throw new DownloadError('badAddress', `not an http address: ${shown(url)}`);
  return address;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
