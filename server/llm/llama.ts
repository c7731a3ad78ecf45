/** `Llm` by node-llama-cpp: a model and its context, which it drives. `load.ts` makes both. */
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { messageOf, UserError } from '../errors';
import type { Speed } from '../protocol';
import type { OpenedBackend } from './backend';
import { LlamaChat } from './chat/llamaChat';
import { plainTokens } from './chat/vocabulary';
import { Embedder } from './embedder';
import type { FimTokens } from './fim';
import { Lane } from './lane';
import type { InfillOptions, InfillPrompt, InfillToken, Llm, LlmFacts } from './llm';
import type { LlamaOptions } from './options';
import { Prompts } from './prompts';
import { sampleCode } from './sampleCode';
import { type DecodedToken, likeliestFrom } from './sequence';
import { KeptSequences } from './sequences';
import { SpeedTest } from './speedTest';
import { textOf } from './text';
import { isSound, WARM_UP, warmUpOf } from './warmUp';

export interface LlamaParts {
  readonly options: Pick<LlamaOptions, 'name' | 'layout' | 'job' | 'log'>;
  readonly opened: OpenedBackend;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  /** Makes a context for chat beside it. @throws UserError when there is no memory for it */
  readonly createChatContext: () => Promise<LlamaContext>;
}

export class LlamaLlm implements Llm {
  /** Absent when the model has no chat template that works. */
  readonly chat?: LlamaChat;
  /** undefined when the model cannot fill in. */
  readonly #prompts: Prompts<Token> | undefined;
  readonly #sequences: KeptSequences;
  /** One call of the engine, or one run of them, at a time. */
  readonly #lane = new Lane();
  /** One answer of a conversation at a time. */
  readonly #answers = new Lane();
  /** In which jobs on the context's sequences go: where conversations have one of those, they are never between two tokens of an answer. */
  readonly #turns: Lane;
  readonly #embedder: Embedder;
  #prefillTokensPerSecond = 0;

  constructor(private readonly parts: LlamaParts) {
    const { options, opened, model, context } = parts;
    const fim = readFimTokens(model);
    this.#prompts = fim && new Prompts(options.layout, fim, plainTokens(model));
    this.#sequences = new KeptSequences(context, context.totalSequences, opened.backend === 'cpu');
    this.#turns = options.job === 'chat' ? this.#answers : this.#lane;
    this.#embedder = new Embedder(model, this.#lane, context.idealThreads);
    const chat = this.#openChat();
    if (chat !== undefined) this.chat = chat;
  }

  #openChat(): LlamaChat | undefined {
    const { options, opened, model, context, createChatContext } = this.parts;
    const isAlone = options.job === 'chat';
    try {
      return LlamaChat.of({
        model,
        lane: this.#lane,
        answers: this.#answers,
        fills: opened.backend === 'cpu',
        createContext: isAlone ? () => Promise.resolve(context) : createChatContext,
        ...(isAlone ? { sequence: this.#sequences.leastUsed() } : {}),
      });
    } catch (error) {
      // The template is a stranger's program: what it does wrong says only that this model does not chat.
      options.log(`warn: this model does not chat: ${messageOf(error)}`);
      return undefined;
    }
  }

  get facts(): LlmFacts {
    return {
      name: this.parts.options.name,
      backend: this.parts.opened.backend,
      ...(this.parts.opened.fallback === undefined ? {} : { fallback: this.parts.opened.fallback }),
      threads: this.parts.context.idealThreads,
      gpuLayers: this.parts.opened.backend === 'cpu' ? 0 : this.parts.model.gpuLayers,
      layers: this.parts.model.fileInsights.totalLayers,
      contextSize: this.parts.context.contextSize,
      completes: this.#prompts !== undefined,
      prefillTokensPerSecond: this.#prefillTokensPerSecond,
      ...(this.chat === undefined ? {} : { chat: this.chat.facts }),
    };
  }

  get engineMs(): number {
    const ofChat = this.parts.options.job === 'chat' ? 0 : (this.chat?.engineMs ?? 0);
    return this.#sequences.engineMs + ofChat;
  }

  /**
   * One batch and a token: touches all weights, compiles a GPU's shaders, and tells how fast this machine reads. A model for embeddings may
   * not be able to write.
   *
   * @throws UserError when a GPU computes nonsense
   */
  async warmUp(): Promise<void> {
    if (this.parts.options.job === 'embedding') {
      await this.embed([WARM_UP], new AbortController().signal);
      return;
    }
    const onGpu = this.parts.opened.backend !== 'cpu';
    const { prompt, expected } = warmUpOf(
      this.#withBegin(this.parts.model.tokenize(WARM_UP)),
      this.parts.context,
      onGpu ? 4 : 1,
    );
    const started = performance.now();
    const { signal } = new AbortController();
    const sequence = this.#sequences.bestFor(prompt);
    await sequence.prefill(prompt, signal);
    const decoded: DecodedToken[] = [];
    for await (const token of sequence.decode(prompt.at(-1) ?? (0 as Token), likeliestFrom(), signal))
      if (decoded.push(token) >= expected.length) break;
    this.#noteSpeed(prompt.length, performance.now() - started);
    if (onGpu && !isSound(decoded, expected)) throw new UserError('engineFailed', 'the GPU computes nonsense');
  }

  #withBegin(tokens: readonly Token[]): readonly Token[] {
    const { bos, shouldPrependBosToken } = this.parts.model.tokens;
    return shouldPrependBosToken && bos !== null ? [bos, ...tokens] : tokens;
  }

  /** The best that was seen: other work on the machine only ever slows. A few tokens tell nothing. */
  #noteSpeed(tokens: number, ms: number): void {
    if (tokens >= this.parts.context.batchSize)
      this.#prefillTokensPerSecond = Math.max(this.#prefillTokensPerSecond, (tokens / ms) * 1000);
  }

  async *infill(
    prompt: InfillPrompt,
    { maxTokens, firstRank = 0, onPrefilled }: InfillOptions,
    signal: AbortSignal,
  ): AsyncGenerator<InfillToken, void, void> {
    if (this.#prompts === undefined) throw new Error('this model has no fill-in-the-middle tokens');
    const leave = await this.#turns.enter(signal);
    try {
      const tokens = this.#prompts.layOut(prompt, this.parts.context.contextSize - maxTokens - 1);
      const last = tokens.at(-1);
      const sequence = this.#sequences.bestFor(tokens);
      const before = this.engineMs;
      const usage = await sequence.prefill(tokens, signal);
      this.#noteSpeed(usage.evaluated, this.engineMs - before);
      onPrefilled?.(usage);
      if (last === undefined || maxTokens === 0) return;
      const decoded: Token[] = [];
      for await (const { token, probability } of sequence.decode(last, likeliestFrom(firstRank), signal)) {
        if (this.parts.model.isEogToken(token)) return;
        decoded.push(token);
        yield { text: textOf(this.parts.model.detokenize(decoded)), probability };
        if (decoded.length >= maxTokens) return;
      }
    } finally {
      leave();
    }
  }

  measureSpeed(signal: AbortSignal): Promise<Speed> {
    const measured = {
      lane: this.#turns,
      sequence: () => this.#sequences.leastUsed(),
      tokens: this.#withBegin(this.parts.model.tokenize(sampleCode)),
      contextSize: this.parts.context.contextSize,
      tokensPerSecond: this.#prefillTokensPerSecond,
      leastRounds: this.facts.backend === 'cpu' ? 1 : 2,
    };
    return new SpeedTest(measured).run(signal);
  }

  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]> {
    return this.#embedder.embed(texts, signal);
  }

  async idle(): Promise<void> {
    const leave = await this.#enterAll();
    leave();
  }

  async dispose(): Promise<void> {
    const leave = await this.#enterAll();
    try {
      await this.chat?.dispose();
      await this.#embedder.dispose();
      await this.parts.context.dispose();
      await this.parts.model.dispose();
    } finally {
      leave();
    }
  }

  /** Waits until nothing is done any more: an answer is over before the last of its tokens has left the engine. */
  async #enterAll(): Promise<() => void> {
    const { signal } = new AbortController();
    const leaveAnswers = await this.#answers.enter(signal);
    const leave = await this.#lane.enter(signal);
    return () => {
      leave();
      leaveAnswers();
    };
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
