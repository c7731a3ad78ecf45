/** Counts what a parser could not make sense of. */
import type { Node } from '@vscode/tree-sitter-wasm';

/** Tokens that stand loose in any unfinished list, and tell nothing. */
const SEPARATORS = /^[,;\n]?$/;

/**
 * How many tokens are missing or stand where nothing fits, in a part of the text. Whole statements inside of a broken stretch are no defects.
 *
 * @param from offset where the part begins
 * @param to offset where it ends
 */
export function countDefects(node: Node, from = 0, to = Number.POSITIVE_INFINITY): number {
  if (!node.hasError || node.endIndex < from || node.startIndex > to) return 0;
  if (node.isMissing) return 1;
  const children = node.children.filter((child) => child !== null);
  const within = children.reduce((sum, child) => sum + countDefects(child, from, to), 0);
  if (!node.isError) return within;
  const loose = children.filter((child) => isLoose(child) && child.endIndex >= from && child.startIndex <= to).length;
  const isInside = node.startIndex >= from && node.endIndex <= to;
  return within + (loose > 0 ? loose : Number(isInside || children.length === 0));
}

function isLoose(node: Node): boolean {
  return node.childCount === 0 && !node.isExtra && !node.isError && !node.isNamed && !SEPARATORS.test(node.type);
}
