/**
 * The text that a model means by its answer to an edit: without thoughts, fences and chatter, at the indentation of what it replaces. Can be asked
 * again with each piece that comes: lines that were given once stay.
 */
import { announces, isProse, isSpoken, mayConclude, withoutThoughts } from './chatter';
import { reindented } from './reindent';

export interface AnswerOptions {
  /** The lines that the answer replaces. Lines that stand there are never taken for chatter. */
  readonly old: readonly string[];
  /** No more comes: the last line is whole, too. */
  readonly isWhole: boolean;
  /** The prompt ended with an opened fence, of so many characters. */
  readonly openedFence?: number;
  /** The prompt ended with an opened thought. */
  readonly openedThought?: boolean;
  /** The indentation to give where the old lines are empty. */
  readonly indentation?: string;
}

interface Fence {
  readonly mark: string;
  readonly length: number;
  readonly info: string;
}

const LANGUAGES =
  /^(?:bash|c|c\+\+|cpp|cs|csharp|css|dart|elixir|go|haskell|html|java|javascript|js|json|jsx|kotlin|less|lua|markdown|md|perl|php|python|py|r|ruby|rust|scala|scss|sh|sql|svelte|swift|toml|ts|tsx|typescript|vue|xml|yaml|yml|zig)$/i;

/** The finished lines of the answer, as far as it has come. Empty when it says nothing. */
export function answerLines(raw: string, options: AnswerOptions): string[] {
  const { old, isWhole, openedThought = false, indentation = '' } = options;
  const all = withoutThoughts(raw, openedThought).split(/\r\n|\n|\r/);
  const lines = isWhole ? all : all.slice(0, -1);
  const text = withoutEdges(
    options.openedFence === undefined ? found(lines, options) : fenced(lines, options.openedFence, options),
  );
  if (text.length === 0) return [];
  const done = reindented(
    text.map((line, index) => (index === 0 ? line.replace(/^\uFEFF/, '') : line)),
    old,
    isWhole,
    indentation,
  );
  if (done.length === 0) return [];
  if (emptyAbove(old) === old.length) return done;
  const below = isWhole ? emptyAbove(old.toReversed()) : 0;
  return [...old.slice(0, emptyAbove(old)), ...done, ...old.slice(old.length - below)];
}

/** The text in an answer that may begin with chatter and a fence, or with the text itself. */
function found(lines: readonly string[], options: AnswerOptions): readonly string[] {
  const own = ownLines(options.old);
  const prose = isProse(options.old);
  for (const [index, line] of lines.entries()) {
    const fence = fenceOf(line);
    if (line.trim() === '') continue;
    if (fence !== undefined && !startsWithOwnFence(lines.slice(index), own)) {
      const rest = lines.slice(index + 1);
      const isName = fence.info === '' && LANGUAGES.test(rest[0]?.trim() ?? '') && !own.has(rest[0]?.trim() ?? '');
      return fenced(isName ? rest.slice(1) : rest, fence.length, options, fence.mark);
    }
    const isNamed = index === 0 && LANGUAGES.test(line.trim());
    if (own.has(line.trim()) || !(announces(line, prose) || isNamed)) return unfenced(lines.slice(index), options);
  }
  return [];
}

/** An answer about text with fences may begin with such a one: the old lines do so, and no other fence stands around it. */
function startsWithOwnFence(lines: readonly string[], own: ReadonlySet<string>): boolean {
  const [first = '', second = ''] = lines;
  return (
    own.has(first.trim()) &&
    fenceOf(first)?.info !== '' &&
    fenceOf(second) === undefined &&
    !/^\s*[`~]{3,}\s*(?:md|markdown)/.test(first)
  );
}

/** What stands in an opened fence. Where the old lines hold fences themselves, the last one that can close it does. */
function fenced(lines: readonly string[], length: number, { old }: AnswerOptions, mark = '`'): readonly string[] {
  const holdsFences = old.some((line) => fenceOf(line) !== undefined);
  let depth = 0;
  let end: number | undefined;
  for (const [index, line] of lines.entries()) {
    const fence = fenceOf(line);
    if (fence === undefined || fence.mark !== mark || fence.length < length) continue;
    if (fence.info !== '') depth++;
    else if (depth > 0) depth--;
    else end = index;
    if (end !== undefined && !holdsFences) break;
  }
  return lines.slice(0, end);
}

/** Text without a fence ends at a fence that is none of its own, and before what is said after it. */
function unfenced(lines: readonly string[], { old }: AnswerOptions): readonly string[] {
  const own = ownLines(old);
  const holdsFences = old.some((line) => fenceOf(line) !== undefined);
  const fence = holdsFences ? -1 : lines.findIndex((line) => fenceOf(line) !== undefined);
  const text = lines.slice(0, fence < 0 ? undefined : fence);
  if (isProse(old)) return text;
  const end = text.findIndex(
    (line, index) =>
      text[index - 1]?.trim() === '' &&
      mayConclude(line) &&
      text.slice(index).every((each) => isSpoken(each) && (each.trim() === '' || !own.has(each.trim()))),
  );
  return text.slice(0, end < 0 ? undefined : end);
}

function fenceOf(line: string): Fence | undefined {
  const [, marks, info = ''] = /^\s*(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
  return marks === undefined ? undefined : { mark: marks.charAt(0), length: marks.length, info: info.trim() };
}

function ownLines(old: readonly string[]): ReadonlySet<string> {
  return new Set(old.map((line) => line.trim()));
}

/** Empty lines at the edges are never what an edit is about: those of the answer go, those of the old lines stay. */
function withoutEdges(lines: readonly string[]): readonly string[] {
  return lines.slice(emptyAbove(lines), lines.length - emptyAbove(lines.toReversed()));
}

function emptyAbove(lines: readonly string[]): number {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? lines.length : first;
}
