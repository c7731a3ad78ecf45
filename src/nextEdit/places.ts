/** Where else a name stands that was renamed at one place: only where it is sure to be the same one. */
import { type Block, isTypeBody } from './blocks';
import type { Language } from './languages';
import { standsAt } from './names';
import { isShorthand, type Role, roleOf } from './roles';
import { type Occurrence, scan } from './scan';

export interface Place {
  /** In UTF-16 code units. */
  readonly offset: number;
  /** What the old name becomes there. */
  readonly text: string;
}

export interface RenameAt {
  readonly old: string;
  readonly name: string;
  /** Where the new name begins, in UTF-16 code units. */
  readonly at: number;
}

/** A name with more places than this stands for something common. */
const MOST = 200;

interface Named extends Occurrence {
  readonly role: Role;
}

/**
 * @param text the file, with the new name at one place and the old one at the others
 * @returns those after the new name first, then those from the top of the file; none where anything is doubtful
 */
export function placesOf(language: Language, text: string, { old, name, at }: RenameAt): readonly Place[] {
  if (!stands(text, old)) return [];
  const found = scan(language, text, new Set([old, name])).map((each) => ({ ...each, role: roleOf(language, each) }));
  const origin = found.find(({ offset }) => offset === at);
  if (origin?.name !== name) return [];
  // A private name is another one than the same name without its mark.
  const alike = found.filter(({ before }) => (before === '#') === (origin.before === '#'));
  const olds = alike.filter((each) => each.name === old);
  const others = alike.filter((each) => each.name === name && each !== origin);
  const places = sameAs(language, origin, olds, others);
  if (places.length > MOST) return [];
  const inOrder = [...places.filter(({ offset }) => offset > at), ...places.filter(({ offset }) => offset < at)];
  return inOrder.map((each) => ({ offset: each.offset, text: newText(language, each, name) }));
}

function stands(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) if (standsAt(text, at, name)) return true;
  return false;
}

/** What is written in place of the old name; where it names a field or an export too, that one stays. */
function newText(language: Language, place: Named, name: string): string {
  if (!isShorthand(language, place)) return name;
  return place.block.head === 'export' ? `${name} as ${place.name}` : `${place.name}: ${name}`;
}

function sameAs(language: Language, origin: Named, olds: readonly Named[], others: readonly Named[]): readonly Named[] {
  const scope = homeOf(language, origin, olds);
  if (scope === undefined || !isOnly(language, scope, origin, olds)) return [];
  const scopes = scopesOf(language, [origin, ...olds]);
  const isSame = isTypeBody(scope)
    ? (each: Named) => isSameMember(language, scope, each, scopes)
    : (each: Named) => isSameVariable(scope, each, scopes);
  const wouldMerge = others.some(
    (each) =>
      isSame(each) || (isVariable(each) && isIn(each.block, scope)) || (declares(each) && isIn(scope, each.role.scope)),
  );
  return wouldMerge ? [] : olds.filter(isSame);
}

/** The block in which the renamed thing is declared; undefined where it is not known, or comes from another file. */
function homeOf(language: Language, origin: Named, olds: readonly Named[]): Block | undefined {
  const { role } = origin;
  if (role.kind === 'declaration' || role.kind === 'member') return role.scope;
  if (role.kind === 'unknown') return undefined;
  if (role.kind === 'access') {
    const body = isOwn(origin) ? typeBodyOf(origin.block) : undefined;
    if (origin.before === '#') return body;
    return olds.some((each) => each.role.kind === 'member' && each.role.scope === body) ? body : undefined;
  }
  const scope = lookUp(origin.block, scopesOf(language, olds));
  const isImported = olds.some(({ role }) => role.kind === 'declaration' && role.scope === scope && role.isImported);
  return isImported ? undefined : scope;
}

/** Two declarations in one block are a copy that is being changed, or two things after all. Where assigning declares, the first one does. */
function isOnly(language: Language, scope: Block, origin: Named, olds: readonly Named[]): boolean {
  const declarations = olds.filter((each) => declares(each) && each.role.scope === scope);
  if (!declares(origin)) return language.indented === true || isTypeBody(scope) || declarations.length === 1;
  if (language.indented && !isTypeBody(scope)) return declarations.every(({ offset }) => offset > origin.offset);
  return declarations.length === 0;
}

function isSameVariable(scope: Block, each: Named, scopes: ReadonlySet<Block>): boolean {
  if (each.role.kind === 'declaration') return each.role.scope === scope;
  return each.role.kind === 'use' && lookUp(each.block, scopes) === scope;
}

function isSameMember(language: Language, body: Block, each: Named, scopes: ReadonlySet<Block>): boolean {
  if (each.role.kind === 'member') return each.role.scope === body;
  if (each.role.kind === 'access') return isOwn(each) && typeBodyOf(each.block) === body;
  return language.bareMembers === true && each.role.kind === 'use' && lookUp(each.block, scopes) === body;
}

/** `this.name`, `self.name`, `#name`: surely of the type around it. */
function isOwn({ before, beforeThat }: Named): boolean {
  return before === '#' || /^(?:this|self|cls)$/.test(beforeThat);
}

type Declaring = Named & { readonly role: { readonly scope: Block } };

function declares(each: Named): each is Declaring {
  return each.role.kind === 'declaration' || each.role.kind === 'member';
}

function isVariable({ role }: Named): boolean {
  return role.kind === 'declaration' || role.kind === 'use';
}

/** The blocks that declare the name for code in them. */
function scopesOf(language: Language, names: readonly Named[]): ReadonlySet<Block> {
  const declarations = names
    .filter(declares)
    .filter(({ role }) => role.kind === 'declaration' || language.bareMembers === true);
  return new Set(declarations.map(({ role }) => role.scope));
}

/** The nearest block around that declares the name. */
function lookUp(from: Block, scopes: ReadonlySet<Block>): Block | undefined {
  return around(from).find((block) => scopes.has(block));
}

function typeBodyOf(block: Block): Block | undefined {
  return around(block).find(isTypeBody);
}

function isIn(inner: Block, outer: Block): boolean {
  return around(inner).includes(outer);
}

/** The blocks whose names are known in a block, from the inside out. */
function around(block: Block): Block[] {
  const blocks: Block[] = [];
  for (let each: Block | undefined = block; each !== undefined; each = each.body ?? each.parent) blocks.push(each);
  return blocks;
}
