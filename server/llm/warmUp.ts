/** What a model is given to read before anyone asks: text that repeats itself, so that any model knows how it goes on. */
import type { DecodedToken } from './sequence';

/** More tokens than the largest batch in any vocabulary. */
export const WARM_UP = 'const value = compute(value, 1);\n'.repeat(120);

export interface WarmUp<T> {
  /** One batch, and the token with which decoding begins. */
  readonly prompt: readonly T[];
  /** What any model that works writes next. */
  readonly expected: readonly T[];
}

/** @param count how many tokens are to be written */
export function warmUpOf<T>(
  tokens: readonly T[],
  { batchSize, contextSize }: { readonly batchSize: number; readonly contextSize: number },
  count: number,
): WarmUp<T> {
  const length = Math.min(batchSize + 1, contextSize - count - 1, tokens.length - count);
  return { prompt: tokens.slice(0, length), expected: tokens.slice(length, length + count) };
}

/**
 * Whether a backend computes what it should. Drivers that fail give probabilities that are no numbers, or tokens that have nothing to do
 * with the text; one right token of some is enough, since a model may have its own idea of the others.
 */
export function isSound<T>(
  decoded: readonly (Pick<DecodedToken, 'probability'> & { readonly token: T })[],
  expected: readonly T[],
): boolean {
  const areNumbers = decoded.every(({ probability }) => probability > 0 && probability <= 1.001);
  return areNumbers && decoded.some(({ token }, at) => token === expected[at]);
}
