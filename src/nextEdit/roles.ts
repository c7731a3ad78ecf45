/** What an occurrence of a name is there: a declaration, a use, a member, or something that had better be left alone. */
import { type Block, isTypeBody } from './blocks';
import type { Language } from './languages';
import { isWord } from './names';
import type { Occurrence } from './scan';

export type Role =
  /** Declares a variable, a function or a type in a scope. */
  | { readonly kind: 'declaration'; readonly scope: Block; readonly isImported: boolean }
  | { readonly kind: 'use' }
  /** Declares a member of a type. */
  | { readonly kind: 'member'; readonly scope: Block }
  /** A use behind a dot. */
  | { readonly kind: 'access' }
  /** A key, a label, markup: what else it means cannot be told from here. */
  | { readonly kind: 'unknown' };

const unknown: Role = { kind: 'unknown' };
const use: Role = { kind: 'use' };

const ACCESS = new Set(['.', '?.', '->', '::', '#']);
const IMPORTING = /^(?:import|use)$/;
const DECLARING = new Set(
  [
    'const let var val function def fn func fun class interface struct enum trait protocol typealias typedef mut',
    'namespace mod',
  ].flatMap((line) => line.split(' ')),
);
const MODIFIERS = new Set(
  'public private protected internal static readonly abstract override async get set final mut pub open'.split(' '),
);
const CONTROL = new Set('if while for switch with match elif foreach lock using'.split(' '));
const TYPE_WORDS = new Set(
  [
    'int long short byte char float double bool boolean string void var val unsigned signed object const dynamic auto',
    'final',
  ].flatMap((line) => line.split(' ')),
);

/** What stands before the brace of an object, a pattern or a list of imports, other than before that of statements. */
const LITERAL = /^(?:[=(,[:?<|&]|&&|\|\||\?\?|const|let|var|import|export|return)$/;

export function roleOf(language: Language, found: Occurrence): Role {
  if (ACCESS.has(found.before)) return { kind: 'access' };
  if (language.markup && isMarkup(found)) return unknown;
  if (isKey(language, found)) return unknown;
  const scope = scopeOfDeclaration(language, found);
  if (scope === undefined) return isTypeBody(found.block) && isMemberBegin(found) ? unknown : use;
  if (isTypeBody(scope)) return { kind: 'member', scope };
  return { kind: 'declaration', scope, isImported: isImport(found) };
}

/** Words beside words, and what stands between tags. */
function isMarkup({ before, after }: Occurrence): boolean {
  const isPlain = (token: string): boolean => /^[\p{ID_Start}_$]/u.test(token) && !isWord(token);
  return before === '>' || before === '</' || isPlain(after) || (isPlain(before) && before !== 'type');
}

/** `{ name: value }`, `{ readonly name?: type }`, `call(name: value)`, `call(name=value)`, and `import { name as other }`. */
function isKey(language: Language, found: Occurrence): boolean {
  const { before, after, block } = found;
  if (isImport(found)) return after === 'as';
  if (language.script && block.opener === '{' && LITERAL.test(block.before) && isMemberBegin(found))
    return /^[:(?<]$/.test(after);
  // A parameter that is a field as well.
  if (language.script && block.opener === '(' && MODIFIERS.has(before)) return true;
  // A place of a tuple's type.
  if (language.script && block.opener === '[') return /^[[,]$/.test(before) && after === ':';
  if (!/^[{,(]$/.test(before)) return false;
  if (block.opener === '{' && !isTypeBody(block)) return after === ':';
  return block.opener === '(' && block.body === undefined && (after === ':' || (after === '=' && !language.script));
}

/** Where the name is known that is declared here; undefined when none is. */
function scopeOfDeclaration(language: Language, found: Occurrence): Block | undefined {
  const { before, after, block } = found;
  if (isImport(found)) return fileOf(block);
  if (isTypeBody(block) && isMember(language, found)) return block;
  if (DECLARING.has(before) || (before === 'type' && /^[=<\p{ID_Start}]/u.test(after))) return scopeOf(block);
  if (isParameter(language, found)) return scopeOf(block);
  if (after === ':=' || (after === '=>' && block.opener === '=>')) return scopeOf(block);
  if (language.script && isPattern(found)) return scopeOf(block);
  if (language.indented && isAssigned(found))
    return block.opener === '[' || block.opener === '{' ? block : scopeOf(block);
  return language.typesFirst && isTyped(found) ? scopeOf(block) : undefined;
}

function isImport({ before, after, block }: Occurrence): boolean {
  if (IMPORTING.test(before)) return after !== '.' && after !== '::';
  if (before === 'as' && /^(?:from|\n)$/.test(after)) return true;
  return block.opener === '{' && IMPORTING.test(block.head);
}

/** In the body of a type: what is told by its place on the line and by what surrounds it. */
function isMember(language: Language, found: Occurrence): boolean {
  if (language.indented) return found.before === '\n' && /^[=:]$/.test(found.after);
  if (language.typesFirst) return isTyped(found);
  return isMemberBegin(found) && /^(?:[(:=;?!<},\n]|[\p{ID_Start}_].*)$/u.test(found.after);
}

function isMemberBegin({ before, isFirst }: Occurrence): boolean {
  return isFirst || MODIFIERS.has(before) || DECLARING.has(before) || /^[{};,]$/.test(before);
}

/** In the parentheses that a body follows, or in a pattern there. */
function isParameter(language: Language, { before, after, block }: Occurrence): boolean {
  const { body } = block;
  if (block.opener !== '(' || body === undefined || isTypeBody(body) || CONTROL.has(block.before)) return false;
  if (language.typesFirst) return false;
  if (!/^(?:[(,*&]|\.\.\.|mut)$/.test(before)) return false;
  if (language.script || language.indented) return /^[,)=:?]$/.test(after);
  return after === ':' || /^(?:[*[]|[\p{ID_Start}_].*)$/u.test(after);
}

/** `const { name, other: name } = …`, `const [name] = …`, and the same as parameters. */
function isPattern({ before, after, block }: Occurrence): boolean {
  if (!/^[{[,:]$|^\.\.\.$/.test(before) || !/^[,}\]=]$/.test(after)) return false;
  let outer: Block | undefined = block;
  while (outer !== undefined && (outer.opener === '{' || outer.opener === '[')) {
    if (/^(?:const|let|var)$/.test(outer.before)) return true;
    if (isTypeBody(outer) || !/^[({[,:]$/.test(outer.before)) return false;
    outer = outer.parent;
  }
  return outer?.opener === '(' && outer.body !== undefined && !CONTROL.has(outer.before);
}

function isAssigned({ before, after }: Occurrence): boolean {
  return (
    (before === '\n' && /^[=:]$/.test(after)) ||
    (before === 'for' && after === 'in') ||
    (before === 'as' && after === ':')
  );
}

/** A type stands before the name. */
function isTyped({ before, after }: Occurrence): boolean {
  if (TYPE_WORDS.has(before) || (/^[\p{ID_Start}_]/u.test(before) && !isWord(before)))
    return /^[=;,)({:[]$/.test(after);
  return /^[>\]*&?]$/.test(before) && after === '=';
}

/** The block in which a name that is declared in a block is known. */
export function scopeOf(block: Block): Block {
  let scope = block;
  while (!isScope(scope)) scope = scope.body ?? scope.parent ?? scope;
  return scope;
}

function isScope({ opener, before, parent }: Block): boolean {
  if (parent === undefined || opener === '=>' || opener === ':') return true;
  return opener === '{' && !LITERAL.test(before);
}

/** `{ name }` for `{ name: name }`, in an object, a pattern or a list of exports. */
export function isShorthand(language: Language, { before, after, block }: Occurrence): boolean {
  if (block.opener !== '{' || !/^[{,]$/.test(before)) return false;
  if (language.script) return /^[,}=]$/.test(after) && LITERAL.test(block.before);
  return language.shorthand === true && /^[,}]$/.test(after) && block.head === '' && /^\p{Lu}/u.test(block.before);
}

function fileOf(block: Block): Block {
  let file = block;
  while (file.parent !== undefined) file = file.parent;
  return file;
}
