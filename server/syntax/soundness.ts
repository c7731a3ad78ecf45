/** Does an insertion break the syntax? Asked of a parser in such a way that what was broken before is not held against it. */
import type { Node } from '@vscode/tree-sitter-wasm';
import { countDefects } from './defects';
import { closingOf, frameAbove, frameBelow } from './frame';
import type { Read } from './grammar';
import { indentOf } from './indentation';
import { type Insertion, linesOf } from './insertion';
import type { Language } from './languages';
import { nearby, openTag } from './nearby';

/** What may stand where a statement stood: nothing, a name, a call. One of them fits nearly everywhere. */
const STAND_INS: readonly (readonly string[])[] = [[], ['x'], ['x();']];

/** True when the text with the insertion has no syntax error that is the insertion's. */
export function isSound(language: Language, insertion: Insertion, read: Read): boolean {
  const near = nearby(language, insertion);
  const whole = near.before + near.inserted + near.after;
  const [from, to] = neighbourhood(near, whole);
  const { total, here, isHollow } = read(whole, (root) => ({
    total: countDefects(root),
    here: countDefects(root, from, to),
    isHollow: language.indented === true && hasEmptyBlock(root, from, near.before.length + near.inserted.length),
  }));
  if (isHollow) return false;
  if (total === 0) return true;
  const without = fewestWithoutStatement(language, near, read);
  if (without === 0) return false;
  if (framed(language, insertion).some((text) => read(text, countDefects) === 0)) return true;
  return here === 0 && total <= without;
}

/** The fewest defects of the text with something harmless in place of the statement that holds the insertion. */
function fewestWithoutStatement(language: Language, near: Insertion, read: Read): number {
  const { above, middle, below } = linesOf(near);
  const first = firstFilled(middle);
  const { start } = frameAbove(above, first, language.indented === true);
  const { end } = frameBelow(below, indentOf(first), language.indented === true);
  let fewest = Number.POSITIVE_INFINITY;
  for (const standIn of STAND_INS) {
    const indented = standIn.map((text) => ' '.repeat(indentOf(first)) + text);
    const text = [...above.slice(0, start), ...indented, ...below.slice(end)].join('\n');
    fewest = Math.min(fewest, read(text, countDefects));
    if (fewest === 0) break;
  }
  return fewest;
}

/** The statement that holds the insertion, alone in the blocks it lies in. */
function framed(language: Language, insertion: Insertion): string[] {
  const { above, middle, below } = linesOf(insertion);
  const first = firstFilled(middle);
  const over = frameAbove(above, first, language.indented === true);
  const under = frameBelow(below, indentOf(first), language.indented === true);
  const statement = [...over.own, ...middle, ...under.own];
  const whole = [...over.opening, ...statement, ...closingOf(over.opening, under.closing)];
  const isInside = indentOf(firstFilled(whole)) > 0 && language.outermost !== undefined;
  const variants = isInside ? [whole, [language.outermost, ...whole, '}']] : [whole];
  return variants.map((lines) => [...openTag(language, insertion.before), ...lines, ''].join('\n'));
}

/** From the start of the insertion's first line to the end of the next line after it that is not blank. */
function neighbourhood({ before, inserted }: Insertion, whole: string): readonly [number, number] {
  const end = before.length + inserted.length;
  const next = /[^\n]*(?:\n\s*[^\n]+)?/y;
  next.lastIndex = end;
  return [before.lastIndexOf('\n') + 1, end + (next.exec(whole)?.[0].length ?? 0)];
}

/** True when a block begins in the part and has nothing in it, which the grammars of indented languages let pass. */
function hasEmptyBlock(root: Node, from: number, to: number): boolean {
  return root
    .descendantsOfType('block')
    .some((block) => block?.childCount === 0 && block.startIndex >= from && block.startIndex <= to);
}

function firstFilled(lines: readonly string[]): string {
  return lines.find((line) => line.trim() !== '') ?? '';
}
