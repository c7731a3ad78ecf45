/**
 * Where a source text has comments and strings, told without a parser: enough to count brackets and to leave comments alone in any of
 * the usual languages. A regular expression literal with a quote in it may be taken for a string, at most to the end of its line.
 */

/** Stands in a mask for each character of a comment. */
export const COMMENT = '\u0001';
/** Stands in a mask for each character of a string of several lines; one of a single line is masked by its quote. */
export const LONG_STRING = '\u0002';

interface Marks {
  readonly line: readonly string[];
  readonly block: readonly (readonly [open: string, close: string])[];
  readonly quotes: string;
  /** Quotes of strings that may go over several lines. */
  readonly long: readonly string[];
}

const C_BLOCK = ['/*', '*/'] as const;
const slashes = (quotes: string, ...long: string[]): Marks => ({ line: ['//'], block: [C_BLOCK], quotes, long });
const hashes = (...long: string[]): Marks => ({ line: ['#'], block: [], quotes: '"\'', long });
const dashes: Marks = { line: ['--'], block: [], quotes: '"\'', long: [] };
const markup: Marks = { line: [], block: [['<!--', '-->']], quotes: '"', long: [] };

const MARKS: Readonly<Record<string, Marks>> = {
  css: { line: [], block: [C_BLOCK], quotes: '"\'', long: [] },
  csharp: slashes('"\'', '"""'),
  elixir: hashes('"""'),
  go: slashes('"\'', '`'),
  haskell: dashes,
  html: markup,
  java: slashes('"\'', '"""'),
  javascript: slashes('"\'', '`'),
  javascriptreact: slashes('"\'', '`'),
  julia: hashes('"""'),
  kotlin: slashes('"\'', '"""'),
  lua: { ...dashes, block: [['--[[', ']]']] },
  makefile: hashes(),
  perl: hashes(),
  php: { line: ['//', '#'], block: [C_BLOCK], quotes: '"\'', long: [] },
  python: hashes('"""', "'''"),
  r: hashes(),
  ruby: hashes(),
  rust: slashes('', '"'),
  scala: slashes('"', '"""'),
  shellscript: hashes(),
  sql: { ...dashes, block: [C_BLOCK] },
  swift: slashes('"', '"""'),
  toml: hashes('"""'),
  typescript: slashes('"\'', '`'),
  typescriptreact: slashes('"\'', '`'),
  xml: markup,
  yaml: hashes(),
};
const UNKNOWN = slashes('"\'');

/** A text of the same length and lines: code as it is, comments and strings as one character repeated. */
export function maskOf(text: string, languageId: string): string {
  const marks = MARKS[languageId] ?? UNKNOWN;
  let mask = '';
  while (mask.length < text.length) {
    const at = mask.length;
    const [end, sign] = comment(text, at, marks) ?? string(text, at, marks) ?? [plainEnd(text, at), undefined];
    const part = text.slice(at, end);
    mask += sign === undefined ? part : part.replace(/[^\r\n]/g, sign);
  }
  return mask;
}

/** A comment or string begins with one of these, in whatever language. */
const FIRST = /["'`/#<-]/g;

/** The next place behind `at` where a comment or string may begin. */
function plainEnd(text: string, at: number): number {
  FIRST.lastIndex = at + 1;
  return FIRST.exec(text)?.index ?? text.length;
}

type Span = readonly [end: number, sign: string];

function comment(text: string, at: number, { line, block }: Marks): Span | undefined {
  for (const [open, close] of block)
    if (text.startsWith(open, at)) return [after(text, close, at + open.length), COMMENT];
  // A number sign within a word, as in `${#list}`, starts none.
  const starts = line.some(
    (mark) => text.startsWith(mark, at) && (mark !== '#' || /^[\s;]?$/.test(text[at - 1] ?? '')),
  );
  return starts ? [lineEnd(text, at), COMMENT] : undefined;
}

function string(text: string, at: number, { quotes, long }: Marks): Span | undefined {
  const quote = text[at] ?? '';
  const longQuote = long.find((each) => text.startsWith(each, at));
  if (longQuote !== undefined) {
    const end = closing(text, longQuote + rawHashes(text, at), at + longQuote.length, text.length);
    return [end, text.slice(at, end).includes('\n') || longQuote.length > 1 ? LONG_STRING : quote];
  }
  if (quote !== '' && quotes.includes(quote)) return [closing(text, quote, at + 1, lineEnd(text, at)), quote];
  const character = quote === "'" ? /^'(\\[^'\n]+|[^\\'\n])'/.exec(text.slice(at, at + 14)) : null;
  return character === null ? undefined : [at + character[0].length, quote];
}

/** The number signs that a raw string of Rust, `r#"…"#`, ends with. */
function rawHashes(text: string, quoteAt: number): string {
  return /\br(#+)$/.exec(text.slice(Math.max(0, quoteAt - 8), quoteAt))?.[1] ?? '';
}

/** Behind the quote that ends a string, or `limit` when none does. */
function closing(text: string, quote: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at + quote.length;
  }
  return limit;
}

function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at + sign.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
