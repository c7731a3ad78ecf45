/** Where a text can be taken apart: what it costs to cut before each of its lines, 0 where nothing is cut through. */
import type { Node } from '@vscode/tree-sitter-wasm';
import { continuesBlock, indentOf, isAnnotation } from './indentation';

/** What stands before something, a node of its own, and belongs to it. */
const LEADING = /comment|attribute_item$|^decorator$|^attribute_list$/;
/** Of two places that cut through as much, the one behind a blank line is better. */
const NO_BLANK = 0.5;

/** How many definitions, statements, lists and so on go over each of the line's beginnings. @param lines of the text */
export function seams(root: Node, lines: readonly string[]): readonly number[] {
  const steps = new Array<number>(lines.length + 2).fill(0);
  const over = (first: number, last: number): void => {
    if (last <= first) return;
    steps[first + 1] = (steps[first + 1] ?? 0) + 1;
    steps[last + 1] = (steps[last + 1] ?? 0) - 1;
  };
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const children = node.namedChildren.filter((child) => child !== null);
    for (const [at, child] of children.entries()) {
      const { row: first } = child.startPosition;
      const last = child.endPosition.row - (child.endPosition.column === 0 ? 1 : 0);
      over(first, last);
      const next = children[at + 1];
      if (next !== undefined && LEADING.test(child.type) && next.startPosition.row <= last + 1)
        over(Math.max(first, last), next.startPosition.row);
      if (last > first) open.push(child);
    }
  }
  let depth = 0;
  return lines.map((_, line) => {
    depth += steps[line] ?? 0;
    return depth + blank(lines, line);
  });
}

/** The same by indentation alone, for languages without a grammar: what is indented less goes on for longer. */
export function seamsByIndentation(lines: readonly string[]): readonly number[] {
  return lines.map((text, line) => {
    const goesOn = text.trim() === '' || continuesBlock(text) || isAnnotation(lines[line - 1] ?? '');
    return indentOf(text) + (goesOn ? 1 : 0) + blank(lines, line);
  });
}

function blank(lines: readonly string[], line: number): number {
  return line === 0 || (lines[line - 1] ?? '').trim() === '' ? 0 : NO_BLANK;
}
