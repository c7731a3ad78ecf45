/** What people paste to name a model file, told apart and checked. Nothing is fetched or opened here. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of a repository on the hub (huggingface.co). */
export interface HubAddress {
  readonly kind: 'hub';
  readonly owner: string;
  readonly repo: string;
  /** Branch, tag or commit. */
  readonly revision: string;
  /** Within the repository, with `/`. */
  readonly path: string;
}

/** The file of a repository that has this quantization. */
export interface HubQuantAddress {
  readonly kind: 'hubQuant';
  readonly owner: string;
  readonly repo: string;
  readonly revision: string;
  /** As in file names: `Q4_K_M`. */
  readonly quantization: string;
}

export type Address =
  | HubAddress
  | HubQuantAddress
  | { readonly kind: 'url'; readonly url: string }
  /** Absolute path. */
  | { readonly kind: 'file'; readonly file: string };

/** `noFile`: names a repository, but none of its files. `insecure`: plain HTTP to another machine. */
export type AddressRefusal =
  | 'empty'
  | 'notAnAddress'
  | 'relativePath'
  | 'unknownScheme'
  | 'insecure'
  | 'credentials'
  | 'badRepository'
  | 'badPath'
  | 'noFile'
  | 'notGguf'
  | 'split';

export interface Refused {
  readonly refusal: AddressRefusal;
}

/** Whose paths are read. */
export interface Here {
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

const HUB_HOSTS = ['huggingface.co', 'www.huggingface.co', 'hf.co'];
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
/** First segments of the hub's pages that are no owners of models. */
const NO_OWNERS = [
  'datasets',
  'spaces',
  'api',
  'docs',
  'blog',
  'models',
  'collections',
  'papers',
  'settings',
  'buckets',
];
const MAX_LENGTH = 4096;
const DEFAULT_REVISION = 'main';

export const isPart = (file: string): boolean => /-\d{5}-of-\d{5}\.gguf$/i.test(file);

/** @param pasted blanks, quotes and angle brackets around it are taken off */
export function parseAddress(pasted: string, here: Here): Address | Refused {
  const text = pasted
    .trim()
    .replace(/^(["'`<])(.*)["'`>]$/s, '$2')
    .trim();
  if (text === '') return { refusal: 'empty' };
  if (text.length > MAX_LENGTH || /\p{Cc}/u.test(text)) return { refusal: 'notAnAddress' };
  const short = /^(?:hf:(?:\/\/)?|(?:www\.)?(?:huggingface|hf)\.co\/)(.*)$/i.exec(text)?.[1];
  if (short !== undefined) return hubAddress(short);
  const windows = here.platform === 'win32';
  // A letter and a colon is a drive, not a scheme.
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return urlAddress(text, windows);
  return fileAddress(text, here);
}

/** `owner/repository/file`, `owner/repository@revision/file`, `owner/repository:quantization`, or the path of one of the hub's pages. */
function hubAddress(text: string): Address | Refused {
  if (/^[^/]+\/[^/:@?#]+(?:\/(?:blob|resolve|raw|tree)\/|\?|#|$)/.test(text))
    return hubPage(new URL(`https://huggingface.co/${text}`));
  const [, owner = '', named = '', file] = /^([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(text) ?? [];
  const [, repo = '', revision = DEFAULT_REVISION, quantization] =
    /^([^@:]+)(?:@([^:]+))?(?::(.+))?$/.exec(named) ?? [];
  if (quantization === undefined) return checked(owner, repo, revision, file);
  if (file !== undefined || !/^[a-z0-9][\w.-]{0,31}$/i.test(quantization)) return { refusal: 'badPath' };
  const refusal = refusalOfRepository(owner, repo, revision);
  return refusal ? { refusal } : { kind: 'hubQuant', owner, repo, revision, quantization };
}

/** A page of the hub as the browser shows it; `?show_file_info=` is the page that opens for a file of the list. */
function hubPage(url: URL): Address | Refused {
  const segments = url.pathname.slice(1).split('/').map(decoded);
  if (segments.includes(undefined)) return { refusal: 'badPath' };
  const [owner = '', repo = '', view, revision = DEFAULT_REVISION, ...file] = segments.filter(
    (each) => each !== undefined,
  );
  const shown = url.searchParams.get('show_file_info');
  if (shown !== null) return checked(owner, repo, revision, shown);
  if (view !== undefined && !['blob', 'resolve', 'raw'].includes(view)) {
    const refusal = refusalOfRepository(owner, repo, revision);
    return { refusal: refusal ?? 'noFile' };
  }
  return checked(owner, repo, revision, file.length === 0 ? undefined : file.join('/'));
}

function checked(owner: string, repo: string, revision: string, file: string | undefined): Address | Refused {
  const refusal = refusalOfRepository(owner, repo, revision) ?? refusalOfPath(file);
  if (refusal) return { refusal };
  return { kind: 'hub', owner, repo, revision, path: file ?? '' };
}

function refusalOfRepository(owner: string, repo: string, revision: string): AddressRefusal | undefined {
  const isName = (name: string) => /^[a-z0-9](?:[\w.-]{0,94}\w)?$/i.test(name) && !/\.\.|--/.test(name);
  if (!isName(owner) || !isName(repo) || NO_OWNERS.includes(owner.toLowerCase())) return 'badRepository';
  return /^\w[\w./-]{0,127}$/.test(revision) && !/\.\.|\/\/|\/$/.test(revision) ? undefined : 'badRepository';
}

/** Checks each segment: a name of another machine never leads out of a folder of this one. */
export function refusalOfPath(file: string | undefined): AddressRefusal | undefined {
  if (file === undefined || file === '') return 'noFile';
  const isSegment = (name: string) => !/^\.{0,2}$/.test(name) && !/[\p{Cc}\\]/u.test(name) && name.length <= 255;
  if (file.length > 1024 || !file.split('/').every(isSegment)) return 'badPath';
  if (!/\.gguf$/i.test(file)) return 'notGguf';
  return isPart(file) ? 'split' : undefined;
}

function urlAddress(text: string, windows: boolean): Address | Refused {
  if (!URL.canParse(text)) return { refusal: 'notAnAddress' };
  const url = new URL(text);
  if (url.protocol === 'file:') return fileUrlAddress(url, windows);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { refusal: 'unknownScheme' };
  if (url.username !== '' || url.password !== '') return { refusal: 'credentials' };
  if (HUB_HOSTS.includes(url.hostname)) return hubAddress(url.pathname.slice(1) + url.search);
  if (url.protocol === 'http:' && !LOOPBACK.includes(url.hostname)) return { refusal: 'insecure' };
  const refusal = refusalOfPath(decoded(url.pathname.slice(url.pathname.lastIndexOf('/') + 1)));
  if (refusal) return { refusal };
  url.hash = '';
  return { kind: 'url', url: url.href };
}

function fileUrlAddress(url: URL, windows: boolean): Address | Refused {
  try {
    return { kind: 'file', file: fileURLToPath(url, { windows }) };
  } catch (error) {
    // A host, an encoded separator, or no drive.
    if (error instanceof Error) return { refusal: 'badPath' };
    throw error;
  }
}

function fileAddress(text: string, { home, platform }: Here): Address | Refused {
  const { isAbsolute, join, normalize } = platform === 'win32' ? path.win32 : path.posix;
  const inHome = /^~(?:[/\\](.*))?$/s.exec(text);
  if (inHome) return { kind: 'file', file: join(home, inHome[1] ?? '') };
  if (!isAbsolute(text)) return { refusal: /[/\\]|\.gguf$/i.test(text) ? 'relativePath' : 'notAnAddress' };
  return { kind: 'file', file: normalize(text) };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
