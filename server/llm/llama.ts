/** `Llm` by node-llama-cpp: a model and its contexts, shared by the windows. `load.ts` makes it. */
import type { LlamaModel, Token } from 'node-llama-cpp';
import { messageOf, UserError } from '../errors';
import type { Speed } from '../protocol';
import { PLACES } from './attempt';
import { CHAT_PLACES, LlamaChat } from './chat/llamaChat';
import { plainTokens } from './chat/vocabulary';
import { WindowChat } from './chat/windowChat';
import { Embedder } from './embedder';
import type { FimTokens } from './fim';
import { Going } from './going';
import { Lane } from './lane';
import { LlamaWindow, withBegin } from './llamaWindow';
import type { InfillOptions, InfillPrompt, InfillToken, Llm, LlmFacts } from './llm';
import type { LlamaParts, Shared } from './parts';
import { Places } from './places';
import { type DecodedToken, likeliestFrom } from './sequence';
import { isSound, WARM_UP, warmUpOf } from './warmUp';

export class LlamaLlm implements Llm, Shared {
  /** One call of the engine, or one run of them, at a time. */
  readonly lane = new Lane();
  readonly going = new Going();
  readonly places: Places;
  readonly plainTokens: (text: string) => readonly Token[];
  /** Absent when the model has no chat template that works. */
  readonly chat?: WindowChat;
  readonly #chat: LlamaChat | undefined;
  readonly #fim: FimTokens<Token> | undefined;
  readonly #embedder: Embedder;
  /** For whoever asks without a window of its own. */
  readonly #own: LlamaWindow;
  #prefillTokensPerSecond = 0;

  constructor(readonly parts: LlamaParts) {
    const { options, opened, model, context, createMore } = parts;
    this.#fim = readFimTokens(model);
    this.plainTokens = plainTokens(model);
    this.places = new Places({
      first: context,
      createMore: (made) => createMore(context.contextSize, made),
      most: options.job === 'chat' ? CHAT_PLACES : PLACES,
      fills: opened.backend === 'cpu',
    });
    this.#embedder = new Embedder(model, this.lane, context.idealThreads);
    this.#chat = this.#openChat();
    this.#own = this.forWindow();
    if (this.#own.chat !== undefined) this.chat = this.#own.chat;
  }

  #openChat(): LlamaChat | undefined {
    const { options, opened, model, context, createChatContext, createMore } = this.parts;
    const isAlone = options.job === 'chat';
    try {
      return LlamaChat.of({
        model,
        lane: this.lane,
        going: this.going,
        fills: opened.backend === 'cpu',
        createContext: isAlone ? () => Promise.resolve(context) : createChatContext,
        createMore,
        ...(isAlone ? { places: this.places } : {}),
      });
    } catch (error) {
      // The template is a stranger's program: what it does wrong says only that this model does not chat.
      options.log(`warn: this model does not chat: ${messageOf(error)}`);
      return undefined;
    }
  }

  /** The same model for one more window. */
  forWindow(): LlamaWindow {
    return new LlamaWindow(this, this.#fim, this.#chat && new WindowChat(this.#chat));
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
      completes: this.#fim !== undefined,
      prefillTokensPerSecond: this.#prefillTokensPerSecond,
      ...(this.#chat === undefined ? {} : { chat: this.#chat.facts }),
    };
  }

  get engineMs(): number {
    const ofChat = this.parts.options.job === 'chat' ? 0 : (this.#chat?.engineMs ?? 0);
    return this.places.engineMs + ofChat;
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
    const { parts } = this;
    const begun = withBegin(parts.model, parts.model.tokenize(WARM_UP));
    const { prompt, expected } = warmUpOf(begun, parts.context, onGpu ? 4 : 1);
    const started = performance.now();
    const { signal } = new AbortController();
    const { sequence, leave } = await this.places.holdSpare(signal);
    try {
      await sequence.prefill(prompt, signal);
      const decoded: DecodedToken[] = [];
      for await (const token of sequence.decode(prompt.at(-1) ?? (0 as Token), likeliestFrom(), signal))
        if (decoded.push(token) >= expected.length) break;
      this.noteSpeed(prompt.length, performance.now() - started);
      if (onGpu && !isSound(decoded, expected)) throw new UserError('engineFailed', 'the GPU computes nonsense');
    } finally {
      leave();
    }
  }

  /** The best that was seen: other work on the machine only ever slows. A few tokens tell nothing. */
  noteSpeed(tokens: number, ms: number): void {
    if (tokens >= this.parts.context.batchSize)
      this.#prefillTokensPerSecond = Math.max(this.#prefillTokensPerSecond, (tokens / ms) * 1000);
  }

  infill(prompt: InfillPrompt, options: InfillOptions, signal: AbortSignal): AsyncGenerator<InfillToken, void, void> {
    return this.#own.infill(prompt, options, signal);
  }

  measureSpeed(signal: AbortSignal): Promise<Speed> {
    return this.#own.measureSpeed(signal);
  }

  embed(texts: readonly string[], signal: AbortSignal, window: object = this): Promise<readonly (readonly number[])[]> {
    return this.#embedder.embed(texts, signal, window);
  }

  async idle(): Promise<void> {
    const leave = await this.#enterLast();
    leave();
  }

  async dispose(): Promise<void> {
    const leave = await this.#enterLast();
    try {
      await this.#chat?.dispose();
      await this.#embedder.dispose();
      await this.places.dispose();
      await this.parts.context.dispose();
      await this.parts.model.dispose();
    } finally {
      leave();
    }
  }

  /** Waits until nothing is done any more: an answer is over before the last of its tokens has left the engine. */
  async #enterLast(): Promise<() => void> {
    await this.going.idle();
    return this.lane.enterLast();
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
