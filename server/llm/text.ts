/** A character may be spread over several tokens; until the last of them has come, the engine writes this one in its place. */
const INCOMPLETE = /\uFFFD+$/u;

/** The decoded text without a character that is not whole yet. */
export function textOf(decoded: string): string {
  return decoded.replace(INCOMPLETE, '');
}
