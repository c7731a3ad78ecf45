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
  /** The path line, with its line break; empty when the model has no file separator. */
  readonly path: readonly T[];
  readonly prefix: readonly T[];
  readonly suffix: readonly T[];
}

/** A window too long for the context is cut in steps of this many tokens, so that the next keystrokes find the same start in the cache. */
const CUT_STEP = 128;

/**
 * Lays out a prompt of at most `room` tokens. A suffix longer than a quarter of the room loses its tail, a prefix longer than what is
 * left loses its head.
 *
 * @param room in tokens, at least 64
 */
export function layOut<T>(layout: FimLayout, fim: FimTokens<T>, parts: FimParts<T>, room: number): T[] {
  const head = [
    ...(fim.begin === undefined ? [] : [fim.begin]),
    ...(fim.fileSeparator === undefined ? [] : [fim.fileSeparator, ...parts.path.slice(-room / 4)]),
  ];
  const left = room - head.length - 3;
  const suffix = parts.suffix.slice(0, Math.floor(left / 4));
  const prefix = dropHead(parts.prefix, left - suffix.length);
  return layout === 'spm'
    ? [...head, fim.prefix, fim.suffix, ...suffix, fim.middle, ...prefix]
    : [...head, fim.prefix, ...prefix, fim.suffix, ...suffix, fim.middle];
}

function dropHead<T>(tokens: readonly T[], room: number): readonly T[] {
  const over = tokens.length - room;
  return over <= 0 ? tokens : tokens.slice(Math.min(tokens.length - 1, Math.ceil(over / CUT_STEP) * CUT_STEP));
}
