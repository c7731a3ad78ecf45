/** Is a place in code, in a comment or in a string? */
import type { Node } from '@vscode/tree-sitter-wasm';
import type { Read } from './grammar';
import type { Language } from './languages';
import { nearby } from './nearby';

export type Kind = 'code' | 'comment' | 'string';

const COMMENT = /comment/;
const STRING = /string|character|char_literal|rune_literal|heredoc|nowdoc|regex|^quoted/;
/** Code in a string; and what is named like a string and is more than one. */
const CODE = /substitution|interpolation|concatenated|string_array|template_type/;
/** What a comment or a string that is not finished may be closed with, and what it is then opened with. */
const CLOSERS = ['"', "'", '`', '"""', "'''", '*/'] as const;

/** What the offset lies in; at the end of a line comment it lies in the comment. */
export function kindAt(language: Language, text: string, offset: number, read: Read): Kind {
  const near = nearby(language, { before: text.slice(0, offset), inserted: '', after: text.slice(offset) });
  const at = near.before.length;
  const { kind, isBroken } = read(near.before + near.after, (root) => ({
    kind: kindOf(root, at),
    isBroken: root.hasError,
  }));
  if (kind !== 'code' || !isBroken) return kind;
  return unfinishedKind(near.before, read) ?? 'code';
}

/** The kind of a comment or string that is closed by what is put at the offset. */
function unfinishedKind(before: string, read: Read): Kind | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  for (const closer of CLOSERS) {
    const opener = closer === '*/' ? '/*' : closer;
    if (!(closer.length > 1 ? before : line).includes(opener)) continue;
    const kind = read(before + closer, (root) => kindOf(root, before.length));
    if (kind !== 'code') return kind;
  }
  return undefined;
}

function kindOf(root: Node, offset: number): Kind {
  if (offset === 0) return 'code';
  for (let node = root.descendantForIndex(offset - 1); node !== null; node = node.parent) {
    if (!node.isNamed || node.startIndex >= offset || CODE.test(node.type)) {
      if (node.isNamed && CODE.test(node.type) && node.endIndex > offset) return 'code';
      continue;
    }
    if (COMMENT.test(node.type) && (offset < node.endIndex || isOpenComment(node, offset))) return 'comment';
    if (STRING.test(node.type) && offset < node.endIndex && !node.isError) return 'string';
  }
  return 'code';
}

/** A comment that only the line's end closes, at its end. */
function isOpenComment(node: Node, offset: number): boolean {
  return offset === node.endIndex && !/^\/\*[\s\S]*\*\/$|\n$/.test(node.text);
}
