/** Names: what is one, where one stands in a line, and which are worth following. */

/** Letters of any script, by Unicode's own classes (UAX #31), and what programming languages add. */
const NAME = /^[\p{ID_Start}_$][\p{ID_Continue}$\u200c\u200d]*$/u;
const PART = /[\p{ID_Continue}$\u200c\u200d]/u;

/** Words of the languages followed. A name that is one of them in another language only is left alone too. */
const WORDS = new Set(
  [
    'abstract and as assert async await base bool boolean break byte case catch chan char class const constructor',
    'continue crate debugger declare def default defer del delete do double dyn elif else end enum except export',
    'extends extern false final finally float fn for foreach from fun func function get global go goto guard if',
    'impl implements import in infer init instanceof int interface internal is keyof lambda let lock long loop',
    'match mod module move mut namespace new nil none None nonlocal not null object of open operator or out',
    'override package pass print private protected protocol pub public raise range readonly record ref required',
    'return satisfies sealed select self Self set short signed sizeof static str string struct super switch',
    'symbol template this throw throws trait true True False try type typealias typedef typeof undefined union',
    'any bigint never number unknown unless unsafe unsigned until use using val var virtual void volatile when where while with yield',
  ].flatMap((line) => line.split(' ')),
);

/** Fewer characters stand for too many things. */
const SHORTEST = 2;
/** More are no name but data. In UTF-16 code units. */
const LONGEST = 100;

export function isWord(name: string): boolean {
  return WORDS.has(name);
}

/** Whether a change of the one name to the other is worth offering elsewhere. */
export function isRename(old: string, name: string): boolean {
  return old !== name && isFollowed(old) && isFollowed(name);
}

function isFollowed(name: string): boolean {
  return name.length >= SHORTEST && name.length <= LONGEST && NAME.test(name) && !WORDS.has(name);
}

export interface Span {
  /** In UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** The longest run of characters of names around a span, which may be empty; undefined where the span holds others. */
export function wordAround(line: string, { start, end }: Span): Span | undefined {
  if (!isPart(line.slice(start, end))) return undefined;
  let from = start;
  for (let before = partBefore(line, from); before > 0; before = partBefore(line, from)) from -= before;
  let to = end;
  for (let after = partAfter(line, to); after > 0; after = partAfter(line, to)) to += after;
  return { start: from, end: to };
}

/** Whether the name stands there whole. */
export function standsAt(line: string, at: number, name: string): boolean {
  return line.startsWith(name, at) && partBefore(line, at) === 0 && partAfter(line, at + name.length) === 0;
}

function isPart(text: string): boolean {
  for (const character of text) if (!PART.test(character)) return false;
  return true;
}

/** The length of the character of a name that ends there; 0 when another does. */
function partBefore(line: string, at: number): number {
  const isPair = at >= 2 && (line.codePointAt(at - 2) ?? 0) > 0xffff;
  const character = line.slice(at - (isPair ? 2 : 1), at);
  return at > 0 && PART.test(character) ? character.length : 0;
}

/** The length of the character of a name that begins there; 0 when another does. */
function partAfter(line: string, at: number): number {
  const code = line.codePointAt(at);
  if (code === undefined) return 0;
  const character = String.fromCodePoint(code);
  return PART.test(character) ? character.length : 0;
}
