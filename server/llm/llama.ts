/** `Llm` by node-llama-cpp: a model and its context, which it drives. `load.ts` makes both. */
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { UserError } from '../errors';
import type { Speed } from '../protocol';
import type { OpenedBackend } from './backend';
import type { FimTokens } from './fim';
import { Lane } from './lane';
import type { InfillOptions, InfillPrompt, InfillToken, Llm, LlmFacts } from './llm';
import type { LlamaOptions } from './options';
import { Prompts } from './prompts';
import { sampleCode } from './sampleCode';
import type { DecodedToken } from './sequence';
import { KeptSequences } from './sequences';
import { SpeedTest } from './speedTest';
import { textOf } from './text';
import { isSound, WARM_UP, warmUpOf } from './warmUp';

export class LlamaLlm implements Llm {
  /** undefined when the model cannot fill in. */
  readonly #prompts: Prompts<Token> | undefined;
  readonly #sequences: KeptSequences;
  readonly #lane = new Lane();
  #prefillTokensPerSecond = 0;

  constructor(
    private readonly options: Pick<LlamaOptions, 'name' | 'layout'>,
    private readonly opened: OpenedBackend,
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
  ) {
    const fim = readFimTokens(model);
    this.#prompts = fim && new Prompts(options.layout, fim, (text) => model.tokenize(text));
    this.#sequences = new KeptSequences(context, context.totalSequences, opened.backend === 'cpu');
  }

  get facts(): LlmFacts {
    return {
      name: this.options.name,
      backend: this.opened.backend,
      ...(this.opened.fallback === undefined ? {} : { fallback: this.opened.fallback }),
      threads: this.context.idealThreads,
      gpuLayers: this.opened.backend === 'cpu' ? 0 : this.model.gpuLayers,
      layers: this.model.fileInsights.totalLayers,
      contextSize: this.context.contextSize,
      completes: this.#prompts !== undefined,
      prefillTokensPerSecond: this.#prefillTokensPerSecond,
    };
  }

  get engineMs(): number {
    return this.#sequences.engineMs;
  }

  /**
   * One batch and a token: touches all weights, compiles a GPU's shaders, and tells how fast this machine reads.
   *
   * @throws UserError when a GPU computes nonsense
   */
  async warmUp(): Promise<void> {
    const onGpu = this.opened.backend !== 'cpu';
    const { prompt, expected } = warmUpOf(this.#withBegin(this.model.tokenize(WARM_UP)), this.context, onGpu ? 4 : 1);
    const started = performance.now();
    const { signal } = new AbortController();
    const sequence = this.#sequences.bestFor(prompt);
    await sequence.prefill(prompt, signal);
    const decoded: DecodedToken[] = [];
    for await (const token of sequence.decode(prompt.at(-1) ?? (0 as Token), 0, signal))
      if (decoded.push(token) >= expected.length) break;
    this.#noteSpeed(prompt.length, performance.now() - started);
    if (onGpu && !isSound(decoded, expected)) throw new UserError('engineFailed', 'the GPU computes nonsense');
  }

  #withBegin(tokens: readonly Token[]): readonly Token[] {
    const { bos, shouldPrependBosToken } = this.model.tokens;
    return shouldPrependBosToken && bos !== null ? [bos, ...tokens] : tokens;
  }

  /** The best that was seen: other work on the machine only ever slows. A few tokens tell nothing. */
  #noteSpeed(tokens: number, ms: number): void {
    if (tokens >= this.context.batchSize)
      this.#prefillTokensPerSecond = Math.max(this.#prefillTokensPerSecond, (tokens / ms) * 1000);
  }

  async *infill(
    prompt: InfillPrompt,
    { maxTokens, firstRank = 0, onPrefilled }: InfillOptions,
    signal: AbortSignal,
  ): AsyncGenerator<InfillToken, void, void> {
    if (this.#prompts === undefined) throw new Error('this model has no fill-in-the-middle tokens');
    const leave = await this.#lane.enter(signal);
    try {
      const tokens = this.#prompts.layOut(prompt, this.context.contextSize - maxTokens - 1);
      const last = tokens.at(-1);
      const sequence = this.#sequences.bestFor(tokens);
      const before = this.engineMs;
      const usage = await sequence.prefill(tokens, signal);
      this.#noteSpeed(usage.evaluated, this.engineMs - before);
      onPrefilled?.(usage);
      if (last === undefined || maxTokens === 0) return;
      const decoded: Token[] = [];
      for await (const { token, probability } of sequence.decode(last, firstRank, signal)) {
        if (this.model.isEogToken(token)) return;
        decoded.push(token);
        yield { text: textOf(this.model.detokenize(decoded)), probability };
        if (decoded.length >= maxTokens) return;
      }
    } finally {
      leave();
    }
  }

  measureSpeed(signal: AbortSignal): Promise<Speed> {
    const measured = {
      lane: this.#lane,
      sequence: () => this.#sequences.leastUsed(),
      tokens: this.#withBegin(this.model.tokenize(sampleCode)),
      contextSize: this.context.contextSize,
      tokensPerSecond: this.#prefillTokensPerSecond,
      leastRounds: this.facts.backend === 'cpu' ? 1 : 2,
    };
    return new SpeedTest(measured).run(signal);
  }

  async idle(): Promise<void> {
    const leave = await this.#lane.enter(new AbortController().signal);
    leave();
  }

  async dispose(): Promise<void> {
    const leave = await this.#lane.enter(new AbortController().signal);
    try {
      await this.context.dispose();
      await this.model.dispose();
    } finally {
      leave();
    }
  }
}

/** The model's own special tokens, as its metadata declares them; undefined when it cannot fill in. */
function readFimTokens(model: LlamaModel): FimTokens<Token> | undefined {
  const { prefix, suffix, middle } = model.tokens.infill;
  if (prefix == null || suffix == null || middle == null) return undefined;
  const { bos, shouldPrependBosToken } = model.tokens;
  const separator = model.fileInfo.metadata.tokenizer?.ggml?.fim_sep_token_id;
  return {
    prefix,
    suffix,
    middle,
    ...(typeof separator === 'number' ? { fileSeparator: separator as Token } : {}),
    ...(shouldPrependBosToken && bos !== null ? { begin: bos } : {}),
  };
}
