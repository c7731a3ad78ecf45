/**
 * Fill-in-the-middle prompts as token arrays. The special tokens are read from the model, never written as text or number here.
 * Prefix, suffix and path are tokenized apart from each other, so the cursor may stand inside a word.
 */
import type { FimLayout } from '../protocol';

export interface FimTokens<T> {
  readonly prefix: T;
  readonly suffix: T;
  readonly middle: T;
  /** Stands before a file's path and text; absent in models that were not trained on whole repositories. */
  readonly fileSeparator?: T;
  /** Stands at the very start, for models that want it. */
  readonly begin?: T;
}

export interface FimParts<T> {
  /** Pieces of other files, the most related last. */
  readonly context?: readonly FilePart<T>[];
  /** The path line, with its line break; empty when the model has no file separator. */
  readonly path: readonly T[];
  readonly prefix: readonly T[];
  readonly suffix: readonly T[];
}

export interface FilePart<T> {
  /** The path line, with its line break. */
  readonly path: readonly T[];
  readonly text: readonly T[];
}

/** A window too long for the context is cut in steps of this many tokens, so that the next keystrokes find the same start in the cache. */
const CUT_STEP = 128;

/**
 * Lays out a prompt of at most `room` tokens. Of the context, as many of the last files stay as find room after the window has its own; a
 * suffix longer than a quarter of the room loses its tail, a prefix longer than what is left loses its head.
 *
 * @param room in tokens, at least 64
 */
export function layOut<T>(layout: FimLayout, fim: FimTokens<T>, parts: FimParts<T>, room: number): T[] {
  const begin = fim.begin === undefined ? [] : [fim.begin];
  const name = fim.fileSeparator === undefined ? [] : [fim.fileSeparator, ...parts.path.slice(-room / 4)];
  const left = room - begin.length - name.length - 3;
  const suffix = parts.suffix.slice(0, Math.floor(left / 4));
  const prefix = dropHead(parts.prefix, left - suffix.length);
  const head = [...begin, ...contextTokens(fim, parts.context ?? [], left - suffix.length - prefix.length), ...name];
  switch (layout) {
    case 'spm':
      return [...head, fim.prefix, fim.suffix, ...suffix, fim.middle, ...prefix];
    case 'suffixFirst':
      return [...head, fim.suffix, ...suffix, fim.prefix, ...prefix, fim.middle];
    case 'psm':
      return [...head, fim.prefix, ...prefix, fim.suffix, ...suffix, fim.middle];
  }
}

function contextTokens<T>({ fileSeparator }: FimTokens<T>, files: readonly FilePart<T>[], room: number): T[] {
  if (fileSeparator === undefined) return [];
  let tokens: T[] = [];
  for (const { path, text } of files.toReversed()) {
    const file = [fileSeparator, ...path, ...text];
    if (tokens.length + file.length > room) break;
    tokens = [...file, ...tokens];
  }
  return tokens;
}

function dropHead<T>(tokens: readonly T[], room: number): readonly T[] {
  const over = tokens.length - room;
  return over <= 0 ? tokens : tokens.slice(Math.min(tokens.length - 1, Math.ceil(over / CUT_STEP) * CUT_STEP));
}
