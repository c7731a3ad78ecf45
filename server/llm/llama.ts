/** `Llm` by node-llama-cpp. It never builds, never downloads, and is the only place that drives the engine. */
import { availableParallelism } from 'node:os';
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { messageOf, UserError } from '../errors';
import type { Backend, FimLayout } from '../protocol';
import { chooseThreads, type OpenedBackend, openBackend } from './backend';
import { type FimTokens, layOut } from './fim';
import { checkModelFile } from './gguf';
import { Lane } from './lane';
import type { InfillOptions, InfillPrompt, InfillToken, Llm, LlmFacts } from './llm';
import { KeptSequences } from './sequences';
import { textOf } from './text';

export interface LlamaOptions {
  /** The model's name, for people. */
  readonly name: string;
  /** Path of the GGUF file. */
  readonly file: string;
  /** Size of the file in bytes, if it is known. */
  readonly bytes?: number;
  readonly layout: FimLayout;
  readonly backend: Backend | 'auto';
  /** 0 chooses. */
  readonly threads: number;
  /** Room of the context, in tokens; never more than the model was trained on. */
  readonly contextSize: number;
  /** Told lines of the engine's log. */
  readonly log: (line: string) => void;
}

/**
 * Tokens in one prefill batch: the least that a cancelled request may still cost. The engine's flash attention on a processor works on tiles
 * of 64; with the embedded model a batch takes 65 to 110 ms on one core, 35 to 65 ms on two, and a smaller one no less.
 */
const BATCH: Readonly<Record<Backend, number>> = { cpu: 64, metal: 512, cuda: 512, vulkan: 512 };

/** Texts whose tokens are kept. */
const MOST_TOKENIZED = 64;
/** Places whose state is kept at the same time: going back to one of them is free. */
const SEQUENCES = 3;

/** Loads a model. Reports 0 to 100 on the way. @throws UserError when it cannot be used on this machine. */
export async function loadLlama(options: LlamaOptions, onPercent: (percent: number) => void): Promise<Llm> {
  await checkModelFile(options.file, options.bytes);
  const { getLlama, LlamaLogLevel, InsufficientMemoryError } = await import('node-llama-cpp');
  const threads = chooseThreads(options.threads, availableParallelism());
  const complaints: string[] = [];
  const logger = (level: string, message: string): void => {
    complaints.push(message.trim());
    options.log(`${level}: ${message.trim()}`);
  };
  try {
    const opened = await openBackend(getLlama, options.backend, {
      maxThreads: threads,
      logLevel: LlamaLogLevel.warn,
      logger,
    });
    const model = await opened.llama.loadModel({
      modelPath: options.file,
      // On a processor the weights are repacked, and a mapped copy of the file would stay in memory beside them.
      useMmap: opened.backend !== 'cpu',
      onLoadProgress: (part) => onPercent(Math.floor(part * 9) * 10),
    });
    const context = await model.createContext({
      contextSize: Math.min(options.contextSize, model.trainContextSize ?? options.contextSize),
      sequences: SEQUENCES,
      batchSize: BATCH[opened.backend],
      threads,
      flashAttention: true,
    });
    const llm = new LlamaLlm(options, opened, model, context, threads);
    await llm.warmUp();
    return llm;
  } catch (error) {
    if (error instanceof InsufficientMemoryError) throw new UserError('outOfMemory', messageOf(error));
    throw explain(error, complaints);
  }
}

/** The engine says only "Failed to load model"; what is wrong stands in its log. */
function explain(error: unknown, complaints: readonly string[]): UserError {
  if (error instanceof UserError) return error;
  const log = complaints.join('\n');
  const detail = [messageOf(error), ...complaints.slice(-2)].join('; ');
  if (/unknown model architecture|unknown pre-tokenizer|unsupported/i.test(log))
    return new UserError('modelUnsupported', detail);
  if (/failed to allocate|out of memory|cannot allocate/i.test(log)) return new UserError('outOfMemory', detail);
  if (/load model|gguf|tensor|corrupted|architecture/i.test(detail)) return new UserError('modelDamaged', detail);
  return new UserError('engineFailed', detail);
}

class LlamaLlm implements Llm {
  readonly #fim: FimTokens<Token> | undefined;
  readonly #sequences: KeptSequences;
  readonly #lane = new Lane();
  readonly #tokenized = new Map<string, readonly Token[]>();
  #prefillTokensPerSecond = 0;

  constructor(
    private readonly options: LlamaOptions,
    private readonly opened: OpenedBackend,
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
    private readonly threads: number,
  ) {
    this.#fim = readFimTokens(model);
    this.#sequences = new KeptSequences(context, SEQUENCES, opened.backend === 'cpu');
  }

  get facts(): LlmFacts {
    return {
      name: this.options.name,
      backend: this.opened.backend,
      ...(this.opened.fallback === undefined ? {} : { fallback: this.opened.fallback }),
      threads: this.threads,
      gpuLayers: this.model.gpuLayers,
      layers: this.model.fileInsights.totalLayers,
      contextSize: this.context.contextSize,
      completes: this.#fim !== undefined,
      prefillTokensPerSecond: this.#prefillTokensPerSecond,
    };
  }

  get engineMs(): number {
    return this.#sequences.engineMs;
  }

  /** One batch and one token: touches all weights, compiles a GPU's shaders, and tells how fast this machine reads. */
  async warmUp(): Promise<void> {
    const code = 'const value = compute(value, 1);\n'.repeat(40);
    const batch = this.model.tokenize(code).slice(0, this.context.batchSize + 1);
    const started = performance.now();
    const { signal } = new AbortController();
    const sequence = this.#sequences.bestFor(batch);
    await sequence.prefill(batch, signal);
    for await (const _ of sequence.decode(batch[0] ?? (0 as Token), 0, signal)) break;
    this.#noteSpeed(batch.length, performance.now() - started);
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
    if (this.#fim === undefined) throw new Error('this model has no fill-in-the-middle tokens');
    const leave = await this.#lane.enter(signal);
    try {
      const tokens = this.#layOut(this.#fim, prompt, maxTokens);
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

  #layOut(fim: FimTokens<Token>, { context, path, prefix, suffix }: InfillPrompt, maxTokens: number): Token[] {
    const parts = {
      context: (context ?? []).map((file) => ({ path: this.#tokens(`${file.path}\n`), text: this.#tokens(file.text) })),
      path: this.#tokens(`${path}\n`),
      prefix: this.model.tokenize(prefix),
      suffix: this.#tokens(suffix),
    };
    return layOut(this.options.layout, fim, parts, this.context.contextSize - maxTokens - 1);
  }

  /** What stays the same from keystroke to keystroke is tokenized once. */
  #tokens(text: string): readonly Token[] {
    const known = this.#tokenized.get(text);
    if (known) return known;
    const tokens = this.model.tokenize(text);
    if (this.#tokenized.size >= MOST_TOKENIZED) this.#tokenized.clear();
    this.#tokenized.set(text, tokens);
    return tokens;
  }

  async idle(): Promise<void> {
    const leave = await this.#lane.enter(new AbortController().signal);
    leave();
  }

  async dispose(): Promise<void> {
    await this.context.dispose();
    await this.model.dispose();
    await this.opened.llama.dispose();
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
