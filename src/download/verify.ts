/** Whether a file is what was wanted. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DownloadError, isSystemError } from './faults';
import type { Downloaded } from './wanted';

/** All that is known of a file before it is there. */
export interface Expected {
  readonly bytes: number | null;
  /** Lower-case hex. */
  readonly sha256: string | null;
  readonly integrity: Integrity | null;
  readonly magic: string | undefined;
}

/** A digest as npm writes it. */
export interface Integrity {
  readonly algorithm: 'sha512' | 'sha384' | 'sha256';
  readonly base64: string;
}

/** Read at once while a digest is taken: about a millisecond of work, between which others have their turn. */
const CHUNK_BYTES = 1 << 20;

/**
 * The strongest digest of an `integrity` field.
 *
 * @throws DownloadError `badDigest` where it has none of SHA-256 or better
 */
export function integrityOf(text: string): Integrity {
  for (const algorithm of ['sha512', 'sha384', 'sha256'] as const) {
    const base64 = new RegExp(`(?:^|\\s)${algorithm}-([A-Za-z0-9+/]+={0,2})(?:[\\s?]|$)`).exec(text)?.[1];
    if (base64 !== undefined) return { algorithm, base64 };
  }
  throw new DownloadError('badDigest', `no digest in "${text}"`);
}

/** Lower-case hex. @throws DownloadError `badDigest` */
export function sha256Of(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new DownloadError('badDigest', `not a SHA-256: "${text}"`);
  return text.toLowerCase();
}

/** Whether a chunk of a file, at that place in it, is against what the file begins with. */
export function contradicts(chunk: Uint8Array, at: number, magic: string | undefined): boolean {
  const rest = Buffer.from(magic ?? '', 'latin1').subarray(at);
  return rest.some((byte, index) => index < chunk.length && chunk[index] !== byte);
}

/**
 * Size first, then the beginning, then the digests.
 *
 * @param onChecked called with the number of bytes that were looked at
 * @returns what it is, or the fault that it has
 */
export async function checkFile(
  file: string,
  expected: Expected,
  onChecked: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Omit<Downloaded, 'file'> | 'wrongSize' | 'notAFile' | 'wrongBytes'> {
  const { size } = await stat(file);
  if (expected.bytes !== null && size !== expected.bytes) return 'wrongSize';
  if (size < (expected.magic?.length ?? 0)) return 'notAFile';
  const hash = createHash('sha256');
  const second = expected.integrity && createHash(expected.integrity.algorithm);
  let bytes = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    if (contradicts(chunk, bytes, expected.magic)) return 'notAFile';
    hash.update(chunk);
    second?.update(chunk);
    bytes += chunk.length;
    onChecked(bytes);
  }
  const sha256 = hash.digest('hex');
  const isRight =
    (expected.sha256 === null || sha256 === expected.sha256) &&
    (second === null || second.digest('base64') === expected.integrity?.base64);
  return isRight ? { sha256, bytes } : 'wrongBytes';
}

/** The file if it is there and right. Where nothing is known of it beforehand, no file is. */
export async function rightFile(
  file: string,
  expected: Expected,
  signal: AbortSignal,
): Promise<Downloaded | undefined> {
  if (expected.bytes === null && expected.sha256 === null && expected.integrity === null) return undefined;
  try {
    const found = await checkFile(file, expected, () => undefined, signal);
    return typeof found === 'string' ? undefined : { file, ...found };
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
