/** What must be known of a language to tell its names from its comments and strings, and what a name stands for. */

export interface Language {
  /** Comments and strings, whole; matched where one begins. Templates of scripts are read apart, for the code in them. */
  readonly skipped: RegExp;
  /** Blocks are told by indentation, and a first assignment declares. */
  readonly indented?: true;
  /** JavaScript and what is made of it: template strings, regular expressions between slashes, patterns, no need of semicolons. */
  readonly script?: true;
  /** `{ name }` is short for `{ name: name }`. */
  readonly shorthand?: true;
  /** Markup stands between the code: its words are no names. */
  readonly markup?: true;
  /** Members of a class are used without a word before them. */
  readonly bareMembers?: true;
  /** A type before a name declares it: `int count`. */
  readonly typesFirst?: true;
}

const doubleQuoted = String.raw`"(?:\\[\s\S]|[^"\\\n])*"?`;
const singleQuoted = String.raw`'(?:\\[\s\S]|[^'\\\n])*'?`;
/** One character only: a quote may also begin a lifetime or stand in a number. */
const character = String.raw`'(?:\\[^'\n]+|\\'|[^'\\\n])'`;
const slashes = String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`;
const tripleDouble = String.raw`"""[\s\S]*?(?:"""|$)`;
const tripleSingle = String.raw`'''[\s\S]*?(?:'''|$)`;
const raw = String.raw`\br(#*)"[\s\S]*?(?:"\1|$)`;

/** Sticky, and by code points, so that names of any script are whole. */
const anyOf = (...patterns: readonly string[]): RegExp => new RegExp(patterns.join('|'), 'uy');

/** An apostrophe in markup's words opens no string. */
const inMarkup = anyOf(slashes, doubleQuoted, String.raw`(?<!\p{L})${singleQuoted}`);
const javascript: Language = { skipped: anyOf(slashes, doubleQuoted, singleQuoted), script: true, shorthand: true };
const quoted = anyOf(slashes, tripleDouble, doubleQuoted, character);
const c: Language = {
  skipped: anyOf(
    slashes,
    String.raw`\b(?:u8|[uUL])?R"([^\s()\\]*)\([\s\S]*?(?:\)\1"|$)`,
    doubleQuoted,
    character,
    String.raw`#[ \t]*(?:include|error|pragma)[^\n]*`,
  ),
  typesFirst: true,
  bareMembers: true,
};

const byId: Readonly<Record<string, Language>> = {
  c,
  cpp: c,
  csharp: {
    skipped: anyOf(slashes, tripleDouble, String.raw`(?:\$@|@\$|@)"(?:""|[^"])*(?:"|$)`, doubleQuoted, character),
    typesFirst: true,
    bareMembers: true,
  },
  dart: {
    skipped: anyOf(slashes, tripleDouble, tripleSingle, doubleQuoted, singleQuoted),
    typesFirst: true,
    bareMembers: true,
  },
  go: { skipped: anyOf(slashes, '`[^`]*(?:`|$)', doubleQuoted, character) },
  java: { skipped: quoted, typesFirst: true, bareMembers: true },
  javascript,
  javascriptreact: { ...javascript, skipped: inMarkup, markup: true },
  kotlin: { skipped: quoted, bareMembers: true },
  python: {
    skipped: anyOf('#[^\\n]*', tripleDouble, tripleSingle, doubleQuoted, singleQuoted),
    indented: true,
  },
  rust: { skipped: anyOf(slashes, raw, doubleQuoted, character), shorthand: true },
  swift: { skipped: quoted, bareMembers: true },
  typescript: javascript,
  typescriptreact: { ...javascript, skipped: inMarkup, markup: true },
};

/** The language of an editor's language id; undefined where renames are not followed. */
export function languageOf(languageId: string): Language | undefined {
  return Object.hasOwn(byId, languageId) ? byId[languageId] : undefined;
}
