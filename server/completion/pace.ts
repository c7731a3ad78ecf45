/**
 * How long to wait before the model is asked, and how much to give it: learned from how fast this machine answers. A quick machine is asked
 * at once; a slow one only when the typing pauses, or every request would be thrown away half done.
 */
import type { LlmFacts } from '../llm/llm';
import type { WindowSize } from './window';

/** A machine that answers within this time is asked at once, in milliseconds. */
const QUICK_MS = 250;
const LONGEST_DELAY_MS = 400;
/** How much a new answer counts against those before it. */
const WEIGHT = 0.2;
/** A cold prompt shall be read within this time, in seconds. */
const COLD_START_SECONDS = 0.8;
/** Shares of the prompt; the rest is for other files. */
const PREFIX = 0.6;
const SUFFIX = 0.2;
/** In tokens. */
const LEAST = 256;
const STEP = 128;
/** Characters to a token, on the low side of code. */
const CHARS_PER_TOKEN = 3;
/** The most tokens of one suggestion. */
export const MAX_TOKENS = 96;

export class Pace {
  #meanMs = 0;

  /** @param ms from asking the model to its answer */
  note(ms: number): void {
    this.#meanMs += (ms - this.#meanMs) * WEIGHT;
  }

  /** Milliseconds to wait for a further keystroke. */
  get delay(): number {
    return Math.max(0, Math.min(LONGEST_DELAY_MS, this.#meanMs - QUICK_MS));
  }
}

/** As much of the file, and of others, as this machine reads in good time from nothing, and as fits. */
export function windowSize({ contextSize, prefillTokensPerSecond }: LlmFacts): WindowSize {
  const room = contextSize - MAX_TOKENS - 64;
  // In large steps: each change of size costs a whole prompt.
  const affordable = Math.floor((prefillTokensPerSecond * COLD_START_SECONDS) / STEP) * STEP;
  const tokens = Math.min(room, Math.max(LEAST, affordable));
  const share = (part: number): number => Math.round(tokens * part * CHARS_PER_TOKEN);
  return { prefix: share(PREFIX), suffix: share(SUFFIX), context: share(1 - PREFIX - SUFFIX) };
}
