/**
 * One sequence of the KV cache, kept between requests: what a prompt has in common with the last one is never evaluated again.
 * Prefill runs in batches of our own, one call each, because the engine cannot be stopped within a call.
 */
import type {
  ControlledEvaluateIndexOutput,
  ControlledEvaluateInputItem,
  LlamaContext,
  LlamaContextSequence,
  Token,
} from 'node-llama-cpp';
import { CancelledError, throwIfAborted } from '../errors';
import type { PrefillUsage } from './llm';

/** The likeliest tokens of each step, with their probabilities: a sort of 40 candidates costs nothing, one of the whole vocabulary 4 to 13 ms. */
const LIKELIEST = {
  generateNext: { probabilities: true, options: { temperature: 1, topK: 40, topP: 1 } },
} as const;

export interface DecodedToken {
  readonly token: Token;
  readonly probability: number;
}

/** Takes one of the likeliest tokens; they come sorted, the likeliest first, and there is at least one. */
export type Choice = (likeliest: readonly DecodedToken[]) => DecodedToken | undefined;

/** The likeliest each time, but for the first one: that has the rank given, or is the last where there are fewer. */
export function likeliestFrom(firstRank = 0): Choice {
  let rank = firstRank;
  return (likeliest) => {
    const chosen = likeliest[Math.min(rank, likeliest.length - 1)];
    rank = 0;
    return chosen;
  };
}

/**
 * Recurrent and hybrid models, and those with a sliding window, cannot forget the end of what they have read: they go back to where their state
 * was kept, tens of megabytes each time.
 */
const CHECKPOINTS = { max: 6, maxMemory: 256 << 20 } as const;

function choiceOf(output: ControlledEvaluateIndexOutput | undefined, choose: Choice): DecodedToken {
  const likeliest = Array.from(output?.next.probabilities ?? [], ([token, probability]) => ({ token, probability }));
  const chosen = choose(likeliest);
  if (chosen === undefined) throw new Error('the engine gave no next token');
  return chosen;
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
    this.#sequence = context.getSequence({ checkpoints: CHECKPOINTS });
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
    throwIfAborted(signal);
    const reused = await this.adapt(prompt);
    for (let read = reused; read < prompt.length - 1; ) {
      throwIfAborted(signal);
      read = await this.readBatch(prompt);
    }
    return { reused, evaluated: prompt.length - reused };
  }

  /** Forgets what the prompt does not begin with, and keeps its last token for the first decoding step. @returns how many tokens of it are left */
  async adapt(prompt: readonly Token[]): Promise<number> {
    return this.#guarded(async () => {
      await this.#timed(() => this.#forgetAfter(prompt.slice(0, -1)));
      return this.#sequence.nextTokenIndex;
    });
  }

  /** Evaluates the next batch of a prompt to which the cache was adapted. @returns how many tokens of it are in the cache now */
  async readBatch(prompt: readonly Token[]): Promise<number> {
    return this.#guarded(async () => {
      const at = this.#sequence.nextTokenIndex;
      const end = Math.min(at + this.batchSize, prompt.length - 1);
      const isLast = end === prompt.length - 1;
      // A little of a prompt's end may be another one when it is read again: what the template opens for an answer only.
      const keeps = isLast && this.#sequence.needsCheckpoints;
      if (keeps) await this.#timed(() => this.#sequence.takeCheckpoint());
      await this.#evaluate(prompt.slice(at, end));
      if (keeps) await this.#timed(() => this.#sequence.takeCheckpoint());
      return this.#sequence.nextTokenIndex;
    });
  }

  /**
   * Yields the next token for ever; the consumer ends it.
   *
   * @param last the last token of a prompt whose others are in the cache
   * @param choose takes one of the likeliest
   * @throws CancelledError within one token
   */
  async *decode(last: Token, choose: Choice, signal: AbortSignal): AsyncGenerator<DecodedToken, void, void> {
    for (let previous = last; ; ) {
      const [next] = await this.check(previous, [], choose, signal);
      if (next === undefined) return;
      yield next;
      previous = next.token;
    }
  }

  /** Whether what was read last can be taken back: recurrent and hybrid models cannot, and a sliding window would have lost what stood before. */
  get erases(): boolean {
    return !this.#sequence.needsCheckpoints;
  }

  /**
   * One step of decoding that checks a draft of what follows: the tokens are those that as many steps by themselves would have chosen.
   *
   * @param last the token before, which is not in the cache yet
   * @param draft only where the sequence `erases`
   * @returns at least one: as much of the draft as was chosen, and one more
   * @throws CancelledError when the signal is aborted before
   */
  check(last: Token, draft: readonly Token[], choose: Choice, signal: AbortSignal): Promise<readonly DecodedToken[]> {
    return this.#guarded(async () => {
      throwIfAborted(signal);
      const start = this.#sequence.nextTokenIndex;
      const checked = [last, ...draft].map((token): ControlledEvaluateInputItem => [token, LIKELIEST]);
      const batch = [...checked, ...Array<Token>(this.#filling(checked.length)).fill(last)];
      const outputs = await this.#timed(() => this.#sequence.controlledEvaluate(batch));
      const chosen: DecodedToken[] = [];
      do chosen.push(choiceOf(outputs[chosen.length], choose));
      while (chosen.length < checked.length && chosen.at(-1)?.token === draft[chosen.length - 1]);
      const range = { start: start + chosen.length, end: start + batch.length };
      if (range.start < range.end) await this.#timed(() => this.#sequence.eraseContextTokenRanges([range]));
      return chosen;
    });
  }

  /**
   * Forgets what does not begin the tokens. Where a model can only go back to where its state was kept, the engine would read on from there by
   * itself, in one call that nobody could stop: so all from there on is forgotten, and read in batches like anything new.
   */
  async #forgetAfter(tokens: Token[]): Promise<void> {
    const sequence = this.#sequence;
    if (!sequence.needsCheckpoints) return sequence.adaptStateToTokens(tokens, false);
    const { firstDifferentIndex: same } = sequence.compareContextTokens(tokens);
    const end = sequence.nextTokenIndex;
    const again = same < end ? Math.max(0, sequence.getRestoreToPrefixIndexEvaluationSize(same - 1)) : 0;
    if (same < end) await sequence.eraseContextTokenRanges([{ start: same - again, end }]);
    await sequence.takeCheckpoint();
  }

  /**
   * On a processor the engine's flash attention is fast for whole tiles only: 63 tokens take up to three times as long as 64. So a batch that
   * is nearly whole is filled up, and the filling erased again, which changes nothing of what stands before it. Recurrent and hybrid models
   * cannot erase: the engine would read all of the prompt again. A sliding window would have lost what stands at its begin.
   */
  async #evaluate(batch: readonly Token[]): Promise<void> {
    const start = this.#sequence.nextTokenIndex + batch.length;
    const filling = this.#filling(batch.length);
    const filler = batch[0];
    if (filler === undefined) return;
    const filled = [...batch, ...Array<Token>(filling).fill(filler)];
    await this.#timed(() => this.#sequence.evaluateWithoutGeneratingNewTokens(filled));
    if (filling > 0) await this.#timed(() => this.#sequence.eraseContextTokenRanges([{ start, end: start + filling }]));
  }

  /** How many tokens fill a batch of so many. */
  #filling(length: number): number {
    const missing = this.batchSize - length;
    const fits =
      missing < this.batchSize / 2 && this.#sequence.nextTokenIndex + this.batchSize <= this.context.contextSize;
    return this.fills && fits && this.erases ? Math.max(0, missing) : 0;
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
        this.#sequence = this.context.getSequence({ checkpoints: CHECKPOINTS });
      }
      throw error;
    }
  }
}
