/** Where a statement ends: a generated text that runs on is cut there. */
import type { Node } from '@vscode/tree-sitter-wasm';
import type { Read } from './grammar';
import type { Insertion } from './insertion';
import type { Language } from './languages';
import { nearby } from './nearby';

/** What stands before a statement, a node of its own, and is nothing without it. */
const LEADING = /comment|^(inner_)?attribute_item$|^decorator$/;
/** Nodes that are whole also where nothing around them is. */
const WHOLE = /(_statement|_declaration|_definition|_item|^method|^class|^module)$/;

/**
 * The offset in the inserted text where the first whole statement ends that holds the insertion's first character; where the cursor's line
 * has opened blocks, the statement that closes them. The text's length when the statement goes on after it; undefined when the tree does
 * not tell.
 */
export function statementEnd(language: Language, insertion: Insertion, read: Read): number | undefined {
  if (insertion.inserted.trim() === '') return undefined;
  const near = nearby(language, insertion);
  const end = endIn(language, near, read);
  if (end !== undefined) return trimmed(near.inserted, end);
  for (const inserted of shortened(near.inserted)) {
    const earlier = endIn(language, { ...near, inserted, after: `\n${near.after}` }, read);
    if (earlier !== undefined && earlier <= inserted.length) return trimmed(inserted, earlier);
  }
  return undefined;
}

/** Less and less of the text: what runs on may be cut off in the middle, and then nothing of it parses. */
function shortened(inserted: string): string[] {
  const lines = inserted.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '') + 1;
  const counts = [];
  for (let count = lines.length - 1; count >= first; count = Math.min(count - 1, count >> 1)) counts.push(count);
  return counts.map((count) => lines.slice(0, count).join('\n'));
}

/** Where the statement ends, counted from the start of the insertion; it may be after it. */
function endIn(language: Language, { before, inserted, after }: Insertion, read: Read): number | undefined {
  const at = before.length;
  const first = at + inserted.search(/\S/);
  const head = before.slice(before.lastIndexOf('\n') + 1).trimStart();
  const lineStart = head === '' ? first : at - head.length;
  const end = read(before + inserted + after, (root) => {
    const node = statementAt(language, root, first, lineStart);
    return node === undefined ? undefined : endOf(pastLeading(node, at, at + inserted.length));
  });
  return end === undefined || end <= first ? undefined : end - at;
}

/** Some nodes take the line's end with them. */
function trimmed(inserted: string, end: number): number {
  return inserted.slice(0, end).trimEnd().length;
}

/** The smallest statement around the offset whose block was opened before the line began. */
function statementAt({ blocks, bodies }: Language, root: Node, offset: number, lineStart: number): Node | undefined {
  for (let node = root.descendantForIndex(offset); node !== null; node = node.parent) {
    const { parent } = node;
    if (parent === null) return undefined;
    if (parent.isError && WHOLE.test(node.type)) return hasOpened(parent, node, lineStart) ? undefined : node;
    const isBody = bodies.includes(parent.type);
    if (!isBody && !blocks.includes(parent.type)) continue;
    const opened = isBody ? parent.parent?.startIndex : parent.startIndex;
    if (opened === undefined || opened < lineStart) return node;
  }
  return undefined;
}

/** True when loose tokens stand between the start of the line and the node. */
function hasOpened(broken: Node, node: Node, lineStart: number): boolean {
  return broken.children.some(
    (child) => child !== null && !child.isNamed && child.startIndex >= lineStart && child.startIndex < node.startIndex,
  );
}

/** The statement that a comment, say, stands on. */
function pastLeading(node: Node, from: number, to: number): Node {
  let statement = node;
  while (LEADING.test(statement.type) && statement.startIndex >= from) {
    const next = statement.nextNamedSibling;
    if (next === null || next.startIndex >= to) break;
    statement = next;
  }
  return statement;
}

/** With its semicolon, and a comment in the same line. */
function endOf(statement: Node): number | undefined {
  if (statement.hasError) return undefined;
  let last = statement;
  if (last.nextSibling?.type === ';' && last.nextSibling.startIndex === last.endIndex) last = last.nextSibling;
  const comment = last.nextSibling;
  const isBehind = comment?.startPosition.row === last.endPosition.row && /comment/.test(comment.type);
  return isBehind ? comment.endIndex : last.endIndex;
}
