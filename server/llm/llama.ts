/** `Llm` by node-llama-cpp. It never builds, never downloads, and is the only place that drives the engine. */
import { availableParallelism } from 'node:os';
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { messageOf, throwIfAborted, UserError } from '../errors';
import type { Backend, FimLayout } from '../protocol';
import { chooseThreads, type OpenedBackend, openBackend } from './backend';
import { type FimTokens, layOut } from './fim';
import { checkModelFile } from './gguf';
import { Lane } from './lane';
import type { InfillOptions, InfillPrompt, InfillToken, Llm, LlmFacts } from './llm';
import { KeptSequence } from './sequence';
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
  readonly #sequence: KeptSequence;
  readonly #lane = new Lane();
  #prefillTokensPerSecond = 0;

  constructor(
    private readonly options: LlamaOptions,
    private readonly opened: OpenedBackend,
    private readonly model: LlamaModel,
    private readonly context: LlamaContext,
    private readonly threads: number,
  ) {
    this.#fim = readFimTokens(model);
    this.#sequence = new KeptSequence(context, context.batchSize, opened.backend === 'cpu');
  }

  get facts(): LlmFacts {
    return {
      name: this.options.name,
      backend: this.opened.backend,
      ...(this.opened.fallback === undefined ? {} : { fallback: this.opened.fallback }),
      threads: this.threads,
      contextSize: this.context.contextSize,
      completes: this.#fim !== undefined,
      prefillTokensPerSecond: this.#prefillTokensPerSecond,
    };
  }

  get engineMs(): number {
    return this.#sequence.engineMs;
  }

  /** One batch and one token: touches all weights, compiles a GPU's shaders, and tells how fast this machine reads. */
  async warmUp(): Promise<void> {
    const code = 'const value = compute(value, 1);\n'.repeat(40);
    const batch = this.model.tokenize(code).slice(0, this.context.batchSize + 1);
    const started = performance.now();
    for await (const _ of this.#sequence.decode(batch, () => undefined, new AbortController().signal)) break;
    this.#prefillTokensPerSecond = (batch.length / (performance.now() - started)) * 1000;
  }

  async *infill(
    prompt: InfillPrompt,
    options: InfillOptions,
    signal: AbortSignal,
  ): AsyncGenerator<InfillToken, void, void> {
    if (this.#fim === undefined) throw new Error('this model has no fill-in-the-middle tokens');
    const leave = await this.#lane.enter(signal);
    try {
      const tokens = this.#layOut(this.#fim, prompt, options.maxTokens);
      const decoded: Token[] = [];
      for await (const { token, probability } of this.#sequence.decode(
        tokens,
        options.onPrefilled ?? (() => undefined),
        signal,
      )) {
        if (this.model.isEogToken(token)) return;
        decoded.push(token);
        yield { text: textOf(this.model.detokenize(decoded)), probability };
        if (decoded.length >= options.maxTokens) return;
        throwIfAborted(signal);
      }
    } finally {
      leave();
    }
  }

  #layOut(fim: FimTokens<Token>, { path, prefix, suffix }: InfillPrompt, maxTokens: number): Token[] {
    const parts = {
      path: this.model.tokenize(`${path}\n`),
      prefix: this.model.tokenize(prefix),
      suffix: this.model.tokenize(suffix),
    };
    return layOut(this.options.layout, fim, parts, this.context.contextSize - maxTokens - 1);
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
