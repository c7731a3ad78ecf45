/**
 * Closes what the text itself has opened and left open, for a model that ends too early: brackets and quotes of its last line.
 *
 * @returns the text with what closes it, or the same text when nothing is open
 */
export function closeOpen(text: string): string {
  const open: string[] = [];
  for (let at = text.lastIndexOf('\n') + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    const inString = QUOTES.includes(open.at(-1) ?? ' ');
    if (inString && char === '\\') at++;
    else if (char === open.at(-1)) open.pop();
    else if (!inString && CLOSERS[char] !== undefined) open.push(CLOSERS[char]);
  }
  return text + open.toReversed().join('');
}

const QUOTES = '"\'`';
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '"': '"', "'": "'", '`': '`' };
