/**
 * What stands right of the cursor, often brackets and quotes that the editor closed by itself, is written again by the model. Here the two
 * are joined, so that nothing is closed twice and nothing stays open.
 */

export interface Joined {
  readonly text: string;
  /** How many UTF-16 code units right of the cursor the text replaces: none, or the whole rest of the line. */
  readonly replace: number;
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const QUOTES = '"\'`';

/** @param lineAfter the line from the cursor */
export function joinRest(generated: string, lineAfter: string): Joined {
  const rest = lineAfter.trim();
  const first = rest[0];
  if (first === undefined) return { text: generated, replace: 0 };
  const at = QUOTES.includes(first) ? unescaped(generated, first) : unmatched(generated, first);
  if (at < 0) {
    const line = firstLine(generated);
    // A closing bracket at its end belongs to one that the line itself opened.
    return { text: ')]}'.includes(first) ? line : withoutOverlap(line, rest), replace: 0 };
  }
  const same = generated.startsWith(rest, at);
  const more = same && firstLine(generated.slice(at + rest.length)).trim() !== '';
  return more ? { text: generated, replace: lineAfter.length } : { text: generated.slice(0, at), replace: 0 };
}

/** Where `closer` stands in the text outside all brackets and strings that the text itself opens; -1 when nowhere. */
function unmatched(text: string, closer: string): number {
  const open: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (open.length === 0 && char === closer) return at;
    if (PAIRS[char] !== undefined) open.push(PAIRS[char]);
    else if (char === open.at(-1)) open.pop();
    else if (QUOTES.includes(char)) {
      const end = unescaped(text.slice(at + 1), char);
      if (end >= 0) at += end + 1;
    }
  }
  return -1;
}

function unescaped(text: string, quote: string): number {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

/** Cuts the end of the text where it is the beginning of the rest; a lone letter or two may be chance. */
function withoutOverlap(text: string, rest: string): string {
  for (let length = Math.min(text.length, rest.length); length > 0; length--) {
    if (length < 3 && /\w/.test(rest.slice(0, length))) continue;
    if (text.endsWith(rest.slice(0, length))) return text.slice(0, -length);
  }
  return text;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
