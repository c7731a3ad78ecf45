/** What is no text for a prompt, whatever its name. */

/** Bytes of a file that is read at all: it can only be read whole. */
export const MOST_BYTES = 20_000_000;
const LOOKED_AT = 8_000;

/** Told by a zero byte near its beginning, as git does; UTF-16 with its mark is text. */
export function isBinary(bytes: Uint8Array): boolean {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !isUtf16 && bytes.subarray(0, LOOKED_AT).includes(0);
}
