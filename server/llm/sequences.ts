/** Several kept sequences: one for each of the places that were worked at last, in whatever file. */
import type { LlamaContext, Token } from 'node-llama-cpp';
import { KeptSequence } from './sequence';

/** A sequence that has this share of a prompt is taken for it. */
const ENOUGH = 0.5;

export class KeptSequences {
  /** The most recently used last. */
  readonly #sequences: KeptSequence[];

  constructor(context: LlamaContext, count: number, fills: boolean) {
    this.#sequences = Array.from({ length: count }, () => new KeptSequence(context, context.batchSize, fills));
  }

  /** Time spent in calls of the engine so far, in milliseconds. */
  get engineMs(): number {
    return this.#sequences.reduce((sum, { engineMs }) => sum + engineMs, 0);
  }

  /** The one that has most of the prompt, if that is enough; else the one that was not used for the longest time. */
  bestFor(prompt: readonly Token[]): KeptSequence {
    let best = this.leastUsed();
    let most = prompt.length * ENOUGH;
    for (const sequence of this.#sequences) {
      const shared = sequence.shared(prompt);
      if (shared >= most) {
        best = sequence;
        most = shared;
      }
    }
    this.#sequences.push(...this.#sequences.splice(this.#sequences.indexOf(best), 1));
    return best;
  }

  /** The one that was not used for the longest time; it stays the first to be given away. */
  leastUsed(): KeptSequence {
    const [oldest] = this.#sequences;
    if (oldest === undefined) throw new Error('no sequences');
    return oldest;
  }
}
