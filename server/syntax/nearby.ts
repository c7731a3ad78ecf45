/** Cuts what is parsed: the text near an insertion, with the frame of what is left out. */
import { frameAbove, frameBelow } from './frame';
import { continuesBlock, indentOf, isAnnotation, isBlankOrRemark } from './indentation';
import type { Insertion } from './insertion';
import type { Language } from './languages';

/** How far the text is kept around the insertion, in characters. */
const KEPT_BEFORE = 2_500;
const KEPT_AFTER = 1_250;
/** Within so many characters more a good place to cut is looked for. */
const SLACK = 1_000;
const MOST_SLACK = 5_000;
/** To the begin of a string over lines a cut is moved at most so far. */
const LONGEST_STRING = 8_000;

/** The same insertion in a text that is short, and as sound at its edges as the whole. */
export function nearby(language: Language, { before, inserted, after }: Insertion): Insertion {
  return { before: cutBefore(language, before), inserted, after: cutAfter(language, after, before) };
}

/** The line that makes a text be read as code, where a text that follows `before` is code. */
export function openTag(language: Language, before: string): readonly string[] {
  if (language.openTag === undefined || before.trim() === '') return [];
  const isMarkup = before.lastIndexOf('?>') > before.lastIndexOf('<?');
  return isMarkup ? [] : [language.openTag];
}

function cutBefore(language: Language, before: string): string {
  const cut = before.length - KEPT_BEFORE - SLACK;
  if (cut <= 0) return before.includes('<?') ? before : [...openTag(language, before), before].join('\n');
  const at = outsideString(language, before, bestCut(before, cut) ?? cut);
  const lines = before.slice(0, Math.max(0, at - 1)).split('\n');
  const { opening, own } = frameAbove(lines, firstLine(before.slice(at)), language.indented === true);
  const outermost = [...openTag(language, before.slice(0, at)), ...openUnindented(language, before.slice(0, at))];
  return [...outermost, ...opening, ...own, before.slice(at)].join('\n');
}

function cutAfter(language: Language, after: string, before: string): string {
  if (after.length <= KEPT_AFTER + SLACK) return after;
  const at = bestCut(after, KEPT_AFTER) ?? KEPT_AFTER;
  const lines = after.slice(at).split('\n');
  const { closing } = frameBelow(lines, indentOf(lines[0] ?? ''), language.indented === true);
  const kept = after.slice(0, at).trimEnd();
  const outermost = openUnindented(language, before + kept).map(() => '}');
  return [kept, ...closing, ...outermost, ''].join('\n');
}

/** The lines of the text that open a block in which nothing is indented, and that is still open at the text's end. */
function openUnindented({ unindented }: Language, text: string): string[] {
  const open: string[] = [];
  for (const [line] of unindented === undefined ? [] : text.matchAll(unindented)) {
    if (line.startsWith('}')) open.pop();
    else open.push(line);
  }
  return open;
}

/** The start of the least indented line within the slack that begins something, best of all after a blank line. */
function bestCut(text: string, from: number): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  let previous = '';
  let start = text.indexOf('\n', from) + 1;
  while (start > 0 && start < from + (best === undefined ? MOST_SLACK : SLACK)) {
    const line = firstLine(text.slice(start, start + SLACK));
    const cost = indentOf(line) + (previous.trim() === '' ? 0 : 0.5);
    if (cost < least && beginsSomething(line) && !isAnnotation(previous)) {
      best = start;
      least = cost;
    }
    previous = line;
    start = text.indexOf('\n', start) + 1;
  }
  return best;
}

function beginsSomething(line: string): boolean {
  return !isBlankOrRemark(line) && !continuesBlock(line);
}

/** The cut, or the start of the line in which a string began that goes over it. */
function outsideString({ longQuote }: Language, text: string, cut: number): number {
  if (longQuote === undefined) return cut;
  const quotes = Array.from(text.slice(0, cut).matchAll(longQuote));
  const last = quotes.at(-1);
  if (last === undefined || quotes.length % 2 === 0 || cut - last.index > LONGEST_STRING) return cut;
  return text.lastIndexOf('\n', last.index) + 1;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
