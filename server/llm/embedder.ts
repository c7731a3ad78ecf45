/** Texts as points in a space where what means the same lies near: of the model's own embeddings. */
import type { LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp';
import type { Lane } from './lane';

/** Tokens of a text that are looked at: they are one batch, which cannot be interrupted. */
const MOST_TOKENS = 512;
/** What may be put around a text, in tokens. */
const AROUND = 2;

export class Embedder {
  #context: Promise<LlamaEmbeddingContext> | undefined;

  constructor(
    private readonly model: LlamaModel,
    private readonly lane: Lane,
    private readonly threads: number,
  ) {}

  /** Others go first between two texts. @returns points of length 1 @throws CancelledError when the signal is aborted */
  async embed(texts: readonly string[], signal: AbortSignal, window: object): Promise<readonly (readonly number[])[]> {
    const points: (readonly number[])[] = [];
    for (const text of texts) {
      const leave = await this.lane.enter(signal, { window, isChat: true });
      try {
        points.push(await this.#point(text));
      } finally {
        leave();
      }
    }
    return points;
  }

  async dispose(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    // Where it could not be made there is nothing to give back, and who asked for it has heard why.
    await (await context?.catch(() => undefined))?.dispose();
  }

  async #point(text: string): Promise<readonly number[]> {
    const context = await this.#made();
    const most = Math.min(MOST_TOKENS, this.model.trainContextSize ?? MOST_TOKENS) - AROUND - 1;
    const { vector } = await context.getEmbeddingFor(this.#tokens(text).slice(0, most));
    const length = Math.hypot(...vector);
    return vector.map((each) => each / (length || 1));
  }

  /** An empty text has no tokens, and a point all the same. */
  #tokens(text: string): Token[] {
    const tokens = this.model.tokenize(text);
    return tokens.length > 0 ? tokens : this.model.tokenize(' ');
  }

  #made(): Promise<LlamaEmbeddingContext> {
    if (this.#context !== undefined) return this.#context;
    const contextSize = Math.min(MOST_TOKENS, this.model.trainContextSize ?? MOST_TOKENS);
    const context = this.model.createEmbeddingContext({ contextSize, batchSize: contextSize, threads: this.threads });
    this.#context = context;
    context.catch(() => {
      this.#context = undefined;
    });
    return context;
  }
}
