/** All that features know of a model. `llama.ts` implements it by node-llama-cpp; tests by a script. */
import type { Backend, Speed } from '../protocol';

export interface Llm {
  readonly facts: LlmFacts;

  /** Time spent in the engine itself so far, in milliseconds: what a request takes beyond it is ours. */
  readonly engineMs?: number;

  /**
   * Continues the prefix so that the suffix can follow. Yields token by token, the likeliest each time, and ends by itself at the model's
   * end token. The consumer stops it by leaving the loop. Requests are served one at a time, in order.
   *
   * @param signal stops within one prefill batch or one decoded token
   * @throws CancelledError when the signal is aborted, UserError when the engine fails for good
   */
  infill(prompt: InfillPrompt, options: InfillOptions, signal: AbortSignal): AsyncGenerator<InfillToken, void, void>;

  /**
   * Measures how fast the model is on this machine, with or without fill-in-the-middle tokens, in ten seconds of its own at most. Every
   * other request goes first: it interrupts the measurement, which goes on after it. Of the kept places it takes the one that was not used
   * for the longest time; where there is only one, the next request reads its prompt anew.
   *
   * @throws CancelledError when the signal is aborted, InterruptedError when others left it no time
   */
  measureSpeed(signal: AbortSignal): Promise<Speed>;

  /** Resolves once every request so far is over. */
  idle(): Promise<void>;

  /** Gives the memory back once every request so far is over. Nothing may be asked afterwards. */
  dispose(): Promise<void>;
}

export interface LlmFacts {
  /** The model's name, for people. */
  readonly name: string;
  readonly backend: Backend;
  /** Why the wished backend is not in use. */
  readonly fallback?: string;
  readonly threads: number;
  /** Layers of the model that a GPU computes, of all it has. */
  readonly gpuLayers: number;
  readonly layers: number;
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** False when the model has no fill-in-the-middle tokens. */
  readonly completes: boolean;
  /** Tokens that this machine reads in one second, as seen so far. */
  readonly prefillTokensPerSecond: number;
}

/** A piece of another file. */
export interface ContextFile {
  /** Relative to its folder, with `/`. */
  readonly path: string;
  /** `\n` line ends. */
  readonly text: string;
}

export interface InfillPrompt {
  /** Pieces of other files, the most related last. Left out where the model knows no files, from the first on where there is no room. */
  readonly context?: readonly ContextFile[];
  /** Path of the file as the model shall see it, relative to its folder, with `/`. */
  readonly path: string;
  /** Text before the cursor, `\n` line ends. Where the whole is longer than the context, its head is dropped. */
  readonly prefix: string;
  /** Text after the cursor, `\n` line ends. Where the whole is longer than the context, its tail is dropped first. */
  readonly suffix: string;
}

export interface InfillOptions {
  /** The most tokens to generate; with 0 the prompt is read into the cache and nothing more. */
  readonly maxTokens: number;
  /** Which of the likeliest first tokens to begin with, 0 the likeliest: how alternatives are made. */
  readonly firstRank?: number;
  /** Told once, when the prompt has been read. */
  readonly onPrefilled?: (usage: PrefillUsage) => void;
}

export interface PrefillUsage {
  /** Tokens of the prompt that were still in the KV cache. */
  readonly reused: number;
  /** Tokens of the prompt that had to be evaluated. */
  readonly evaluated: number;
}

export interface InfillToken {
  /** All that was generated so far, whole characters only. */
  readonly text: string;
  /** Probability of this token among the 40 likeliest, 0 to 1. */
  readonly probability: number;
}
