/**
 * One sequence of the KV cache, kept between requests: what a prompt has in common with the last one is never evaluated again.
 * Prefill runs in batches of our own, one call each, because the engine cannot be stopped within a call.
 */
import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { CancelledError, throwIfAborted } from '../errors';
import type { PrefillUsage } from './llm';

/** The likeliest token each step, with its probability: a sort of 40 candidates costs nothing, one of the whole vocabulary 4 to 13 ms. */
const LIKELIEST = {
  generateNext: { probabilities: true, options: { temperature: 1, topK: 40, topP: 1 } },
} as const;

export interface DecodedToken {
  readonly token: Token;
  readonly probability: number;
}

export class KeptSequence {
  /** Time spent in calls of the engine so far, in milliseconds. */
  engineMs = 0;
  #sequence: LlamaContextSequence;

  constructor(
    private readonly context: LlamaContext,
    private readonly batchSize: number,
    /** Whether batches that are nearly whole are filled up: on a processor. */
    private readonly fills: boolean,
  ) {
    this.#sequence = context.getSequence();
  }

  /** How many tokens at the start of the prompt are in the cache already. */
  shared(prompt: readonly Token[]): number {
    return this.#sequence.compareContextTokens([...prompt]).firstDifferentIndex;
  }

  /** Forgets all it has read. */
  async clear(): Promise<void> {
    await this.#guarded(() => this.#sequence.clearHistory());
  }

  /** Evaluates all of the prompt but its last token, which the first decoding step takes. @throws CancelledError within one batch */
  async prefill(prompt: readonly Token[], signal: AbortSignal): Promise<PrefillUsage> {
    return this.#guarded(async () => {
      throwIfAborted(signal);
      const body = prompt.slice(0, -1);
      await this.#timed(() => this.#sequence.adaptStateToTokens(body, false));
      const reused = this.#sequence.nextTokenIndex;
      for (let at = reused; at < body.length; at += this.batchSize) {
        throwIfAborted(signal);
        await this.#evaluate(body.slice(at, at + this.batchSize));
      }
      return { reused, evaluated: prompt.length - reused };
    });
  }

  /**
   * Yields the next token for ever, the likeliest each time; the consumer ends it.
   *
   * @param last the last token of a prompt whose others are in the cache
   * @param firstRank which of the likeliest the first one is; the last of them where there are fewer
   * @throws CancelledError within one token
   */
  async *decode(last: Token, firstRank: number, signal: AbortSignal): AsyncGenerator<DecodedToken, void, void> {
    let rank = firstRank;
    for (let previous = last; ; rank = 0) {
      const next = await this.#guarded(() => {
        throwIfAborted(signal);
        return this.#next(previous, rank);
      });
      yield next;
      previous = next.token;
    }
  }

  /**
   * On a processor the engine's flash attention is fast for whole tiles only: 63 tokens take up to three times as long as 64. So a batch that
   * is nearly whole is filled up, and the filling erased again, which changes nothing of what stands before it. Recurrent and hybrid models
   * cannot erase: the engine would read all of the prompt again. A sliding window would have lost what stands at its begin.
   */
  async #evaluate(batch: readonly Token[]): Promise<void> {
    const missing = this.batchSize - batch.length;
    const start = this.#sequence.nextTokenIndex + batch.length;
    const fits = missing < this.batchSize / 2 && start + missing <= this.context.contextSize;
    const filling = this.fills && fits && !this.#sequence.needsCheckpoints ? missing : 0;
    const filler = batch[0];
    if (filler === undefined) return;
    const filled = [...batch, ...Array<Token>(filling).fill(filler)];
    await this.#timed(() => this.#sequence.evaluateWithoutGeneratingNewTokens(filled));
    if (filling > 0) await this.#timed(() => this.#sequence.eraseContextTokenRanges([{ start, end: start + filling }]));
  }

  async #next(last: Token, rank: number): Promise<DecodedToken> {
    const [output] = await this.#timed(() => this.#sequence.controlledEvaluate([[last, LIKELIEST]]));
    const likeliest = candidate(output?.next.probabilities, rank);
    if (likeliest === undefined) throw new Error('the engine gave no next token');
    return { token: likeliest[0], probability: likeliest[1] };
  }

  async #timed<T>(call: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      return await call();
    } finally {
      this.engineMs += performance.now() - started;
    }
  }

  /** After a failed evaluation the cache holds cells that the sequence does not know of, and every later call fails: take a new one. */
  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        await this.#sequence.dispose();
        this.#sequence = this.context.getSequence();
      }
      throw error;
    }
  }
}

/** The candidate of that rank, or the last one; the map is sorted by probability. */
function candidate(probabilities: Map<Token, number> | undefined, rank: number): readonly [Token, number] | undefined {
  let found: readonly [Token, number] | undefined;
  let at = 0;
  for (const entry of probabilities ?? []) {
    found = entry;
    if (at++ === rank) break;
  }
  return found;
}
