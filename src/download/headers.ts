/** What the headers of an answer say. Pure. */

export interface ContentRange {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** null where the server does not tell. */
  readonly total: number | null;
}

/** Reads `bytes 0-99/1234` (RFC 9110, 14.4); undefined for anything else. */
export function contentRange(text: string | null): ContentRange | undefined {
  const [, first, last, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(text?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) return undefined;
  return { start: Number(first), end: Number(last) + 1, total: total === '*' ? null : Number(total) };
}

/** A size in decimal digits; null for anything else. */
export function sizeIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null;
}

/** Size of the file by `Content-Length`; null where the body is compressed, for then it is not that of the file. */
export function contentLength(headers: Headers): number | null {
  return isEncoded(headers) ? null : sizeIn(headers.get('content-length'));
}

export function isEncoded(headers: Headers): boolean {
  return !/^(identity)?$/i.test(headers.get('content-encoding')?.trim() ?? '');
}

/**
 * SHA-256 of the whole file in lower-case hex, where the server tells: `X-Linked-Etag` (Hugging Face), `Repr-Digest` (RFC 9530), `Digest`
 * (RFC 3230), `X-Checksum-Sha256` (Artifactory).
 */
export function digestIn(headers: Headers): string | null {
  const hex = digestInEtag(headers.get('x-linked-etag')) ?? digestInEtag(headers.get('x-checksum-sha256'));
  if (hex !== null) return hex;
  const fields = [headers.get('repr-digest'), headers.get('digest')].join();
  const base64 = /(?:^|[\s,])sha-256=:?([A-Za-z0-9+/]{43}=)/i.exec(fields)?.[1];
  return base64 === undefined ? null : Buffer.from(base64, 'base64').toString('hex');
}

/** A strong ETag of 64 hex digits is the SHA-256 with all servers that were seen to send one. */
export function digestInEtag(etag: string | null): string | null {
  return /^"?([0-9a-f]{64})"?$/i.exec(etag?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}

/** What may stand in `If-Range`: a strong ETag, else a date. */
export function validator(etag: string | null, lastModified: string | null): string | null {
  return etag?.startsWith('"') ? etag : lastModified;
}

/**
 * `Retry-After`, seconds or a date, in milliseconds from now; 0 where it is absent or not readable. A date is the server's, and is held against
 * the server's own clock where the answer tells it (`Date`): the one of this machine may be wrong by days.
 */
export function retryAfterMs(headers: Headers, now: number): number {
  const text = headers.get('retry-after');
  if (text === null) return 0;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? 0 : Math.max(0, at - (Number.isNaN(sent) ? now : sent));
}

/** True for what only a page or a message of a server is: it comes instead of the file. */
export function isPage(headers: Headers): boolean {
  return /^(text\/(?!plain)|application\/([\w.+-]*\+)?(json|xml)\b|application\/xhtml)/i.test(typeOf(headers));
}

/** True for plain text, which some servers call every file that they do not know. */
export function isPlainText(headers: Headers): boolean {
  return /^text\/plain\b/i.test(typeOf(headers));
}

function typeOf(headers: Headers): string {
  return headers.get('content-type')?.trim() ?? '';
}
