/** Where a link in an answer leads. A model wrote it: it is never followed without the person having seen its true target. */

export type LinkTarget =
  | { readonly kind: 'web'; readonly url: string; readonly host: string }
  /** A file of the workspace, with `/`; line from 0. */
  | { readonly kind: 'file'; readonly path: string; readonly line?: number }
  /** Another scheme, a path out of the workspace, or one that hides what it is. */
  | { readonly kind: 'refused' };

const REFUSED: LinkTarget = { kind: 'refused' };
/** Control characters and marks that turn or hide text. */
const HIDING = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

export function linkTarget(href: string): LinkTarget {
  if (HIDING.test(href)) return REFUSED;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(href)?.[1]?.toLowerCase();
  if (scheme === 'http' || scheme === 'https') return webTarget(href);
  // `C:\…` looks like a scheme, and is out of the workspace either way.
  return scheme === undefined ? fileTarget(href) : REFUSED;
}

/** A name and password before the host are there to mislead. */
function webTarget(href: string): LinkTarget {
  if (!URL.canParse(href)) return REFUSED;
  const url = new URL(href);
  return url.username === '' && url.password === '' ? { kind: 'web', url: url.href, host: url.host } : REFUSED;
}

function fileTarget(href: string): LinkTarget {
  const [, raw = '', lineOne] = /^([^#?]*)(?:#L(\d{1,7})(?:-L?\d+)?)?$/.exec(href) ?? [];
  const path = decoded(raw);
  if (path === undefined || path === '' || HIDING.test(path) || /^[/~]|[\\:]/.test(path)) return REFUSED;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) return REFUSED;
  const line = lineOne === undefined ? {} : { line: Math.max(0, Number(lineOne) - 1) };
  return { kind: 'file', path: parts.join('/'), ...line };
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return undefined;
  }
}
