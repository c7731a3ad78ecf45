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

  /**
   * Reads the prompt and then yields the likeliest next token for ever; the consumer ends it.
   *
   * @param prompt at least one token, at most the context's size less what will be generated
   * @throws CancelledError when the signal is aborted: within one batch of prefill, or one token of decoding
   */
  async *decode(
    prompt: readonly Token[],
    onPrefilled: (usage: PrefillUsage) => void,
    signal: AbortSignal,
  ): AsyncGenerator<DecodedToken, void, void> {
    try {
      onPrefilled(await this.#prefill(prompt, signal));
      let last = prompt.at(-1);
      while (last !== undefined) {
        throwIfAborted(signal);
        const next = await this.#next(last);
        yield next;
        last = next.token;
      }
    } catch (error) {
      if (!(error instanceof CancelledError)) await this.#replace();
      throw error;
    }
  }

  /** Evaluates all of the prompt but its last token, which the first decoding step takes. */
  async #prefill(prompt: readonly Token[], signal: AbortSignal): Promise<PrefillUsage> {
    throwIfAborted(signal);
    const body = prompt.slice(0, -1);
    await this.#timed(() => this.#sequence.adaptStateToTokens(body, false));
    const reused = this.#sequence.nextTokenIndex;
    for (let at = reused; at < body.length; at += this.batchSize) {
      throwIfAborted(signal);
      await this.#evaluate(body.slice(at, at + this.batchSize));
    }
    return { reused, evaluated: prompt.length - reused };
  }

  /**
   * On a processor the engine's flash attention is fast for whole tiles only: 63 tokens take up to three times as long as 64. So a batch that
   * is nearly whole is filled up, and the filling erased again, which changes nothing of what stands before it.
   */
  async #evaluate(batch: readonly Token[]): Promise<void> {
    const missing = this.batchSize - batch.length;
    const start = this.#sequence.nextTokenIndex + batch.length;
    const filling =
      this.fills && missing < this.batchSize / 2 && start + missing <= this.context.contextSize ? missing : 0;
    const filler = batch[0];
    if (filler === undefined) return;
    await this.#timed(() =>
      this.#sequence.evaluateWithoutGeneratingNewTokens([...batch, ...Array<Token>(filling).fill(filler)]),
    );
    if (filling > 0) await this.#timed(() => this.#sequence.eraseContextTokenRanges([{ start, end: start + filling }]));
  }

  async #next(last: Token): Promise<DecodedToken> {
    const [output] = await this.#timed(() => this.#sequence.controlledEvaluate([[last, LIKELIEST]]));
    const likeliest = output?.next.probabilities?.entries().next().value;
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
  async #replace(): Promise<void> {
    await this.#sequence.dispose();
    this.#sequence = this.context.getSequence();
  }
}
