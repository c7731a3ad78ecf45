/**
 * What the model wrote, with the very tokens: the same text tokenized anew may be other tokens, and all behind them would be read again.
 * Pure.
 */

export interface Written<T> {
  readonly text: string;
  readonly tokens: readonly T[];
  /** For each token, how much of the text there is with it, in UTF-16 code units; Infinity where it ends within a character. */
  readonly ends: readonly number[];
  /** What the template had put before it, where that may be more than it puts there later. */
  readonly opening?: string;
}

export interface Found<T> {
  readonly tokens: readonly T[];
  /** What of the text they do not cover. */
  readonly rest: string;
  readonly opening?: string;
}

/** Answers that are remembered. */
const MOST = 64;
/** Ends of thoughts. */
const THOUGHT_ENDS = ['</think>', '[/THINK]'];

export class Answers<T> {
  /** The newest first. */
  #written: readonly Written<T>[] = [];

  /** Remembers an answer, as a whole and without what was thought before it: that is what later turns may have of it. */
  remember(written: Written<T>): void {
    if (written.text === '') return;
    const answer = withoutThought(written) ?? withoutLeadingBlanks(written);
    const added = answer === undefined ? [written] : [answer, written];
    const isOld = ({ text }: Written<T>): boolean => added.some((each) => each.text === text);
    this.#written = [...added, ...this.#written.filter((each) => !isOld(each))].slice(0, MOST);
  }

  /** The tokens of a text, where an answer began with it or was it. */
  find(text: string): Found<T> | undefined {
    if (text === '') return undefined;
    // Another answer may begin with the same words in other tokens.
    const written =
      this.#written.find((each) => each.text === text) ?? this.#written.find((each) => each.text.startsWith(text));
    if (written === undefined) return undefined;
    const { ends, opening } = written;
    const last = ends.findLastIndex((end) => end <= text.length);
    return {
      tokens: written.tokens.slice(0, last + 1),
      rest: text.slice(ends[last] ?? 0),
      ...(opening === undefined ? {} : { opening }),
    };
  }
}

/** The blanks before an answer are not shown to anyone, but they are in the cache. undefined where there are none. */
function withoutLeadingBlanks<T>({ text, tokens, ends, opening }: Written<T>): Written<T> | undefined {
  const start = text.length - text.trimStart().length;
  if (start === 0 || start === text.length) return undefined;
  return {
    text: text.slice(start),
    tokens,
    ends: ends.map((each) => Math.max(0, each - start)),
    ...(opening === undefined ? {} : { opening }),
  };
}

/** undefined where nothing was thought, or nothing came of it. */
function withoutThought<T>({ text, tokens, ends }: Written<T>): Written<T> | undefined {
  const end = Math.max(...THOUGHT_ENDS.map((each) => (text.includes(each) ? text.indexOf(each) + each.length : -1)));
  if (end < 0) return undefined;
  const start = end + (text.slice(end).length - text.slice(end).trimStart().length);
  // A token that holds the end of the thought and the begin of the answer cannot be taken apart.
  const last = ends.indexOf(start);
  if (last < 0 || start === text.length) return undefined;
  return {
    text: text.slice(start),
    tokens: tokens.slice(last + 1),
    ends: ends.slice(last + 1).map((each) => each - start),
  };
}
