/** Functions, methods, classes and the like of a text, with their lines. */
import type { Node } from '@vscode/tree-sitter-wasm';

/** A definition and its lines, from 0. */
export interface Definition {
  readonly name: string;
  readonly first: number;
  readonly count: number;
}

/** Nodes that define something, in the words of the packaged grammars: what they begin with, and how they go on. */
const DEFINES = new RegExp(
  `^(?:${[
    '(?:generator_|local_)?function_(?:declaration|definition|item|statement|signature|signature_item)',
    '(?:abstract_)?class(?:_declaration|_definition|_specifier)?',
    '(?:singleton_|abstract_)?method(?:_declaration|_definition|_signature)?',
    '(?:compact_)?constructor_declaration|destructor_declaration|operator_declaration',
    '(?:interface|enum|record|struct|trait|delegate|namespace|type_alias|annotation_type|property)_declaration',
    '(?:struct|enum|union)_specifier|(?:namespace|alias)_definition',
    '(?:struct|enum|union|trait|impl|mod|type|const|static)_item|macro_definition',
    'internal_module|module|type_spec|variable_declarator|(?:public_)?field_definition',
  ].join('|')})$`,
);
/** Of those, the ones that count only where their value is a function or a class. */
const MAY_HOLD = /^(?:variable_declarator|(?:public_)?field_definition)$/;
const HELD = /^(?:arrow_function|function_expression|generator_function|class|lambda_expression)$/;
/** What only stands around one definition: `export`, decorators, the word before a variable. */
const AROUND =
  /^(?:export_statement|decorated_definition|template_declaration|lexical_declaration|variable_declaration|type_declaration|ambient_declaration)$/;
/** Where C and C++ hide a name. */
const DECLARATORS = 5;

/** In the order of the text, the outer ones before what they hold. */
export function definitions(root: Node): readonly Definition[] {
  const found: Definition[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const name = node.parent !== null && DEFINES.test(node.type) ? nameOf(node) : undefined;
    if (name !== undefined) found.push({ name, ...linesOf(node) });
    open.push(...node.namedChildren.filter((child) => child !== null).reverse());
  }
  return found;
}

function nameOf(node: Node): string | undefined {
  if (MAY_HOLD.test(node.type) && !HELD.test(node.childForFieldName('value')?.type ?? '')) return undefined;
  const name =
    node.childForFieldName('name') ??
    node.childForFieldName('property') ??
    (node.type === 'impl_item' ? node.childForFieldName('type') : declared(node));
  const text = name?.text.trim();
  return text === undefined || text === '' || text.includes('\n') ? undefined : text;
}

/** The innermost declarator is the name. */
function declared(node: Node): Node | null {
  let declarator = node.childForFieldName('declarator');
  for (let depth = 0; depth < DECLARATORS; depth++)
    declarator = declarator?.childForFieldName('declarator') ?? declarator;
  return declarator;
}

function linesOf(node: Node): Omit<Definition, 'name'> {
  let whole = node;
  while (whole.parent !== null && AROUND.test(whole.parent.type)) whole = whole.parent;
  const { row: first } = whole.startPosition;
  const { row, column } = whole.endPosition;
  // Some nodes take the line's end with them.
  return { first, count: Math.max(1, row - first + (column === 0 ? 0 : 1)) };
}
