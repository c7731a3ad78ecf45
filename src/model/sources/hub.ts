/** Where files of the hub lie, and which of a repository's files is meant. The hub's interface is told on huggingface.co/docs/hub/api. */

import { field, parseJson } from '../../json';
import { type HubAddress, type HubQuantAddress, isPart, refusalOfPath } from './addresses';

export interface Hub {
  readonly fetch: typeof globalThis.fetch;
  /** Base of the hub or of a mirror of it. */
  readonly mirror: string;
}

export interface HubFile {
  /** Within the repository, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex; null for files that are too small to be stored by their hash. */
  readonly sha256: string | null;
}

/** `noSuchRepository`: or one that only its members see. `locked`: its terms must be accepted there first. */
export type HubRefusal =
  | 'unreachable'
  | 'noSuchRepository'
  | 'locked'
  | 'busy'
  | 'badAnswer'
  | 'noSuchQuantization'
  | 'split';

export interface HubRefused {
  readonly refusal: HubRefusal;
  /** For the log. */
  readonly detail: string;
}

export const HUB = 'https://huggingface.co';
/** Of a thousand files each; what comes after them is not seen. */
const MAX_PAGES = 10;
const MAX_PAGE_BYTES = 8 << 20;
/** A file name that every system takes with what is put before and behind it, in bytes of UTF-8. */
const MAX_NAME = 200;

/** Where the file itself is sent from, usually by a redirection. */
export function hubUrl({ owner, repo, revision, path }: HubAddress, mirror: string = HUB): string {
  const file = path.split('/').map(encodeURIComponent).join('/');
  return `${base(mirror)}/${owner}/${repo}/resolve/${encodeURIComponent(revision)}/${file}`;
}

/** A bare name under which a file from elsewhere can be kept on any system. */
export function localName(remote: string): string {
  const bare = remote.slice(Math.max(remote.lastIndexOf('/'), remote.lastIndexOf('\\')) + 1);
  const stem = bare
    .replace(/\.gguf$/i, '')
    .replace(/[^\p{L}\p{N} ._+()-]/gu, '_')
    .replace(/^[. -]+|[. ]+$/g, '');
  // A character that was cut through is left out.
  const kept = Buffer.from(stem)
    .toString('utf8', 0, MAX_NAME)
    .replace(/\uFFFD+$/, '');
  const isReserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(kept);
  return `${isReserved || kept === '' ? '_' : ''}${kept}.gguf`;
}

/** The file that has the quantization in its name: the one with the shortest path where there are several. */
export async function findQuantization(
  address: HubQuantAddress,
  hub: Hub,
  signal: AbortSignal,
): Promise<{ readonly address: HubAddress; readonly file: HubFile } | HubRefused> {
  const files = await listFiles(address, hub, signal);
  if ('refusal' in files) return files;
  const name = RegExp(`(?<![a-z0-9])${address.quantization.replaceAll('.', '\\.')}(?![a-z0-9_])`, 'i');
  const fitting = files
    .filter(({ path }) => name.test(path) && !/(^|\/)(mmproj|imatrix)/i.test(path))
    .toSorted((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
  const file = fitting.find(({ path }) => !isPart(path));
  const { owner, repo, revision } = address;
  if (file) return { address: { kind: 'hub', owner, repo, revision, path: file.path }, file };
  const refusal = fitting.length > 0 ? 'split' : 'noSuchQuantization';
  return { refusal, detail: files.map(({ path }) => path).join(', ') };
}

/** All GGUF files of a repository. */
export async function listFiles(
  { owner, repo, revision }: Pick<HubAddress, 'owner' | 'repo' | 'revision'>,
  { fetch, mirror }: Hub,
  signal: AbortSignal,
): Promise<readonly HubFile[] | HubRefused> {
  const files: HubFile[] = [];
  const first = `${base(mirror)}/api/models/${owner}/${repo}/tree/${encodeURIComponent(revision)}?recursive=true`;
  for (let url: string | undefined = first, page = 0; url !== undefined && page < MAX_PAGES; page++) {
    const answer = await ask(url, fetch, signal);
    if ('refusal' in answer) return answer;
    const found = filesIn(answer.text);
    if (found === undefined) return { refusal: 'badAnswer', detail: answer.text.slice(0, 200) };
    files.push(...found);
    url = nextPage(answer.link, first);
  }
  return files;
}

async function ask(
  url: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly link: string | null } | HubRefused> {
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, signal });
    const text = await textOf(response);
    if (!response.ok)
      return { refusal: refusalOfStatus(response.status), detail: `${response.status} ${text.slice(0, 200)}` };
    return { text, link: response.headers.get('link') };
  } catch (error) {
    signal.throwIfAborted();
    // What fetch rejects with when there is no connection, or when it breaks: another class in each fetch that the editor may have.
    if (error instanceof Error) return { refusal: 'unreachable', detail: `${error}: ${error.cause ?? ''}` };
    throw error;
  }
}

/** At most what a page of the list may have; a longer answer is cut off and then no JSON. */
async function textOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let left = MAX_PAGE_BYTES;
  for await (const piece of body ?? []) {
    pieces.push(piece);
    left -= piece.length;
    if (left < 0) break;
  }
  return Buffer.concat(pieces).toString('utf8', 0, MAX_PAGE_BYTES);
}

/** The hub answers 401 for repositories that are not there, so as not to tell which are private. */
function refusalOfStatus(status: number): HubRefusal {
  if (status === 401 || status === 404) return 'noSuchRepository';
  if (status === 403) return 'locked';
  return status === 429 || status >= 500 ? 'busy' : 'badAnswer';
}

/** @returns undefined when it is no list of files */
function filesIn(text: string): HubFile[] | undefined {
  const list = parseJson(text);
  if (!Array.isArray(list)) return undefined;
  return list.flatMap((entry: unknown) => {
    const path = field(entry, 'path');
    const lfs = field(entry, 'lfs');
    const bytes = field(lfs, 'size') ?? field(entry, 'size');
    if (typeof path !== 'string' || typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return [];
    const refusal = refusalOfPath(path);
    if (field(entry, 'type') !== 'file' || (refusal !== undefined && refusal !== 'split')) return [];
    const hash = field(lfs, 'oid');
    return [{ path, bytes, sha256: typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash) ? hash : null }];
  });
}

/** `Link: <url>; rel="next"`, followed only where it stays with the same server. */
function nextPage(link: string | null, first: string): string | undefined {
  const next = /<([^>]+)>;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (next === undefined || !URL.canParse(next, first)) return undefined;
  const url = new URL(next, first);
  return url.origin === new URL(first).origin ? url.href : undefined;
}

/** A setting that was emptied is none. */
function base(mirror: string): string {
  return mirror.trim().replace(/\/+$/, '') || HUB;
}
