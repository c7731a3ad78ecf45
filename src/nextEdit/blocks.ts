/** The blocks of a file, kept while its tokens are read one after another. */
import type { Language } from './languages';

export interface Block {
  readonly parent: Block | undefined;
  /** What opened it: a bracket, ':' for an indented body, '=>' for the body of an arrow function; '' for the file. */
  readonly opener: string;
  /** The token before the opener. */
  readonly before: string;
  /** The word of its statement that says what it is, such as `class`, `func` or `import`; else ''. */
  readonly head: string;
  /** For parentheses: the block after them, which knows the names in them. */
  body: Block | undefined;
}

const TYPES = new Set(['class', 'interface', 'struct', 'enum', 'trait', 'impl', 'record', 'protocol', 'extension']);
const LISTS = new Set('import from export use'.split(' '));
const FUNCTIONS = new Set(['function', 'def', 'fn', 'func', 'fun', 'constructor', 'init']);
/** What stands before a brace that is not the body of the parentheses before it. */
const NO_BODY = /^(?:[?:,=([+|&]|\|\||&&|\?\?|=>|return|try|else|do|finally|default)$/;
const OPENERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Whether a block is the body of a class or of something like one. */
export function isTypeBody({ opener, head }: Block): boolean {
  return (opener === '{' || opener === ':') && TYPES.has(head);
}

/** What is known of the statement that is being read. */
interface Statement {
  head: string;
  /** Parentheses that were closed in it. */
  closed: Block[];
}

export class Blocks {
  #current: Block = { parent: undefined, opener: '', before: '', head: '', body: undefined };
  /** Of each open bracket, what the statement around it was. */
  readonly #outer: { readonly statement: Statement; readonly indent: number }[] = [];
  #statement: Statement = { head: '', closed: [] };
  #indent = 0;

  constructor(private readonly language: Language) {}

  get current(): Block {
    return this.#current;
  }

  /** Whether a line break ends a statement here, where the language has it so. */
  get isStatementLevel(): boolean {
    return this.#current.opener === '' || this.#current.opener === ':';
  }

  /** A statement begins on a line with so many characters of indentation. */
  beginLine(indent: number): void {
    while (this.#current.opener === ':' && (this.#outer.at(-1)?.indent ?? 0) >= indent) this.#pop();
    this.#statement = { head: '', closed: [] };
    this.#indent = indent;
  }

  /** @param last the token before. @param beforeLast the one before that. @returns the block that an arrow opened, if the token is one */
  read(token: string, last: string, beforeLast: string): Block | undefined {
    if (token === '(' || token === '[') this.#push(token, last, '');
    else if (token === '{') this.#pushBody('{', last);
    else if (OPENERS[token] !== undefined) this.#close(OPENERS[token]);
    else if (token === ';') this.#end();
    else if (token === ',') this.#endArrow();
    else if (token === '=') this.#statement = { head: '', closed: [] };
    else if (token === ':' && this.language.indented === true && this.isStatementLevel) this.#pushIndented(last);
    else if (token === '=>') return this.#pushArrow(last, beforeLast);
    else if (isHead(token) && last !== '.') this.#note(token);
    return undefined;
  }

  #note(token: string): void {
    const { head } = this.#statement;
    if (head === '' || (LISTS.has(head) && !LISTS.has(token))) this.#statement.head = token;
  }

  #push(opener: string, before: string, head: string): Block {
    this.#outer.push({ statement: this.#statement, indent: this.#indent });
    this.#current = { parent: this.#current, opener, before, head, body: undefined };
    this.#statement = { head: '', closed: [] };
    return this.#current;
  }

  #pushBody(opener: string, before: string): void {
    // The arrow was that of a type of function, before the body of another function.
    if (opener === '{' && this.#statement.head === '' && !NO_BODY.test(before)) this.#endArrow();
    const { head, closed } = this.#statement;
    const block = this.#push(opener, before, head);
    if (NO_BODY.test(before)) return;
    // Scripts may leave out what parts statements: only the nearest parentheses are sure to belong to the body.
    const bodiless = closed.filter(({ body }) => body === undefined);
    for (const each of this.language.script ? bodiless.slice(-1) : bodiless) each.body = block;
  }

  #pushIndented(last: string): void {
    const { head } = this.#statement;
    if (FUNCTIONS.has(head) || TYPES.has(head)) this.#pushBody(':', last);
  }

  #pushArrow(last: string, beforeLast: string): Block {
    const parameters =
      last === ')' || beforeLast === ':' || /^[>\]}]$/.test(last) ? this.#statement.closed.at(-1) : undefined;
    const block = this.#push('=>', last, '');
    if (parameters !== undefined) parameters.body = block;
    return block;
  }

  #pop(): Block {
    const block = this.#current;
    this.#current = block.parent ?? block;
    const outer = this.#outer.pop();
    if (outer !== undefined) this.#statement = outer.statement;
    return block;
  }

  /** Closes the nearest bracket of this kind; a closing bracket too many is nothing. */
  #close(opener: string): void {
    let open: Block | undefined = this.#current;
    while (open !== undefined && open.opener !== opener) open = open.parent;
    if (open === undefined) return;
    while (this.#current !== open) this.#pop();
    this.#pop();
    if (opener === '(') this.#statement.closed.push(open);
    if (opener !== '{') return;
    this.#statement = { head: '', closed: [] };
    if (open.before === '=>') this.#endArrow();
  }

  #endArrow(): void {
    while (this.#current.opener === '=>') this.#pop();
  }

  #end(): void {
    this.#endArrow();
    this.#statement = { head: '', closed: [] };
  }
}

function isHead(token: string): boolean {
  return TYPES.has(token) || LISTS.has(token) || FUNCTIONS.has(token);
}
