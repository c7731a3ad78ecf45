/** Text that looks like a key is never suggested, be it made up, learned by heart, or standing elsewhere in the file. */
import type { Place } from '../../documents';
import { keyEnd } from '../../keys';

/** A key may be begun so far above the cursor, in characters. */
const ABOVE = 6_000;
const BEGIN = /-----BEGIN [ A-Z0-9_-]{0,60}PRIVATE KEY/g;

/** @returns as many lines as come before the first one with a key; '' where that is the cursor's own */
export function trimToKeyless(text: string, { lineBefore, text: document, offset }: Place): string {
  if (isInKey(document.slice(Math.max(0, offset - ABOVE), offset))) return '';
  const lines = text.split('\n');
  let above = '';
  for (const [at, line] of lines.entries()) {
    const before = at === 0 ? lineBefore : above;
    // What was typed already is the person's, whatever it is.
    if (keyEnd(before + line) > before.length) return lines.slice(0, at).join('\n');
    above = /[=:(,]\s*$/.test(line) ? `${line.trimEnd()} ` : '';
  }
  return text;
}

/** Between the beginning of a private key and its end. */
function isInKey(text: string): boolean {
  const begin = [...text.matchAll(BEGIN)].at(-1)?.index;
  return begin !== undefined && !text.slice(begin).includes('-----END');
}
