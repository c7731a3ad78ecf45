/** Reads a file for a few names: where they stand in its code, and what stands around them. */
import { type Block, Blocks } from './blocks';
import type { Language } from './languages';

export interface Occurrence {
  readonly name: string;
  /** In UTF-16 code units. */
  readonly offset: number;
  block: Block;
  /** The token before, and the one after; '\n' is a statement's begin where line breaks part statements, and the ends of the file. */
  readonly before: string;
  after: string;
  /** The token before the one before. */
  readonly beforeThat: string;
  /** Whether nothing but blanks stands before it on its line. */
  readonly isFirst: boolean;
}

const NAME = /[\p{ID_Start}_$][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\d[\p{ID_Continue}']*(?:\.\d[\p{ID_Continue}']*)?/uy;
const BLANKS = /[^\S\n]+|\\\r?\n/uy;
const BREAKS = /\s*\n([^\S\n]*)/uy;
const OPERATOR = /=>|->|::|\?\.|\.\.\.?|:=|[=!<>]==?|&&|\|\||\?\?|[-+*/%&|^]=|[\s\S]/uy;
/** A regular expression between slashes; what comes before it, unlike before a division. */
const PATTERN = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/\w*/uy;
const BEFORE_PATTERN =
  /^(?:[({[,;=:!&|?~+\-*%<>^}\n]|=>|&&|\|\||\?\?|[=!]==?|return|typeof|case|in|of|do|else|await|void)$/;
/** A template string up to its end or up to code in it. */
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(`|\$\{|$)/uy;

/** @returns the occurrences of the names in code, in the order of the text */
export function scan(language: Language, text: string, names: ReadonlySet<string>): readonly Occurrence[] {
  return new Scanner(language, text, names).read();
}

class Scanner {
  readonly #found: Occurrence[] = [];
  readonly #blocks: Blocks;
  /** The blocks of code that templates have opened. */
  readonly #inTemplates: Block[] = [];
  #at = 0;
  #last = '\n';
  #beforeLast = '\n';
  #isFirst = true;
  /** The occurrence that was found last, until the token after it is read. */
  #waiting: Occurrence | undefined;

  constructor(
    private readonly language: Language,
    private readonly text: string,
    private readonly names: ReadonlySet<string>,
  ) {
    this.#blocks = new Blocks(language);
  }

  read(): readonly Occurrence[] {
    if (this.language.indented) this.#beginLine('');
    while (this.#at < this.text.length) this.#step();
    this.#token('\n');
    return this.#found;
  }

  #step(): void {
    const breaks = this.#match(BREAKS);
    if (breaks !== undefined) {
      this.#isFirst = true;
      if (this.language.indented && this.#blocks.isStatementLevel) this.#beginLine(breaks[1] ?? '');
      return;
    }
    if (this.#match(BLANKS) || this.#match(this.language.skipped, true)) return;
    const offset = this.#at;
    const name = this.#match(NAME)?.[0];
    if (name !== undefined) this.#name(name, offset);
    else if (this.#match(NUMBER)) this.#token('0');
    else if (this.language.script !== true || !this.#readScript()) this.#operator(this.#match(OPERATOR)?.[0] ?? '');
  }

  #operator(token: string): void {
    // The value of an attribute is written so, unlike an object that is assigned.
    const isAttribute = this.language.markup === true && token === '{' && this.text[this.#at - 2] === '=';
    const opened = this.#blocks.read(token, isAttribute ? '={' : this.#last, this.#beforeLast);
    // A parameter without parentheses belongs to the arrow behind it.
    if (opened !== undefined && this.#waiting !== undefined) this.#waiting.block = opened;
    this.#token(token);
  }

  /** What only scripts have. @returns whether something of it was read */
  #readScript(): boolean {
    const first = this.text[this.#at];
    if (first === '`') {
      this.#at++;
      this.#readTemplate();
      return true;
    }
    if (first === '}' && this.#inTemplates.length > 0 && this.#inTemplates.at(-1) === this.#blocks.current) {
      this.#at++;
      this.#inTemplates.pop();
      this.#blocks.read(')', this.#last, this.#beforeLast);
      this.#readTemplate();
      return true;
    }
    const isPattern = first === '/' && BEFORE_PATTERN.test(this.#last) && this.#match(PATTERN) !== undefined;
    if (isPattern) this.#token('0');
    return isPattern;
  }

  /** Code in a template is read like code in parentheses. */
  #readTemplate(): void {
    this.#token('0');
    if (this.#match(TEMPLATE)?.[1] !== '${') return;
    this.#blocks.read('(', '`', '');
    this.#inTemplates.push(this.#blocks.current);
    this.#token('(');
  }

  #beginLine(indentation: string): void {
    const next = this.text[this.#at];
    if (next === '#' || next === undefined) return;
    this.#blocks.beginLine(indentation.replaceAll('\t', '        ').length);
    if (this.#last !== '\n') this.#token('\n');
    this.#isFirst = true;
  }

  #name(name: string, offset: number): void {
    const block = this.#blocks.current;
    const [before, beforeThat, isFirst] = [this.#last, this.#beforeLast, this.#isFirst];
    this.#blocks.read(name, before, beforeThat);
    this.#token(name);
    if (!this.names.has(name)) return;
    this.#waiting = { name, offset, block, before, beforeThat, after: '\n', isFirst };
    this.#found.push(this.#waiting);
  }

  #token(token: string): void {
    if (this.#waiting !== undefined) this.#waiting.after = token;
    this.#waiting = undefined;
    this.#beforeLast = this.#last;
    this.#last = token;
    this.#isFirst = false;
  }

  /** Goes on behind what the pattern finds here. @param isToken whether a string counts as a token */
  #match(pattern: RegExp, isToken = false): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text);
    if (found === null || found[0] === '') return undefined;
    this.#at = pattern.lastIndex;
    if (isToken && /^[^/#]/.test(found[0])) this.#token('0');
    return found;
  }
}
