/** Loads the model as the options wish, else as this machine can. */
import { availableParallelism } from 'node:os';
import type { LlamaModel } from 'node-llama-cpp';
import { messageOf, UserError } from '../errors';
import type { FailureCode } from '../protocol';
import { checkAdapterFile } from './adapter';
import { type Attempt, type Failed, firstAttempt, nextAttempt } from './attempt';
import { chooseThreads, type GetLlama, type OpenedBackend, openBackend } from './backend';
import { createContext } from './context';
import { type EngineModule, loadEngineModule } from './engineModule';
import { explain } from './failures';
import { checkModelFile } from './gguf';
import { LlamaLlm } from './llama';
import type { Llm } from './llm';
import { createChatContext, createMoreContext } from './moreContexts';
import type { LlamaOptions } from './options';

type OnPercent = (percent: number) => void;

/** A model that is given up must not keep the next try waiting, in milliseconds. */
const GIVE_UP_MS = 5_000;
/** What may be the fault of a GPU or its driver, which has words like "unsupported" as well: the processor is asked before it is believed. */
const GPU_FAULTS: ReadonlySet<FailureCode> = new Set([
  'outOfMemory',
  'engineFailed',
  'modelDamaged',
  'modelUnsupported',
]);

/** Said for each text that becomes a point, and of no meaning. */
const NOISE = /embeddings required but some input tokens were not marked/;

/**
 * Loads the same model as often as it is asked. The backend stays open in between: opening it again would cost a GPU's shaders, and only
 * weights and context are large. What the first time had to be given up is not tried again.
 */
export class LlamaLoader {
  #opened: OpenedBackend | undefined;
  #attempt: Attempt | undefined;
  /** What the engine's log said since the load began. */
  #complaints: string[] = [];
  readonly #threads: number;

  constructor(private readonly options: LlamaOptions) {
    this.#threads = chooseThreads(options.threads, availableParallelism());
  }

  /** Reports 0 to 100 on the way. @throws UserError when the model cannot be used on this machine. */
  async load(onPercent: OnPercent): Promise<Llm> {
    const { file, bytes, adapter } = this.options;
    await checkModelFile(file, bytes);
    if (adapter !== undefined) await checkAdapterFile(adapter);
    this.#complaints = [];
    try {
      this.#opened ??= await this.#open();
      return await this.#loadOn(this.#opened, onPercent);
    } catch (error) {
      const failure = explain(error, this.#complaints);
      const onGpu = this.#opened !== undefined && this.#opened.backend !== 'cpu';
      if (!onGpu || !GPU_FAULTS.has(failure.code)) throw failure;
      return this.#loadOnProcessor(failure, onPercent);
    }
  }

  /** The GPU has failed. Its backend is left alone: taking down what has failed may hang. */
  async #loadOnProcessor({ message }: UserError, onPercent: OnPercent): Promise<Llm> {
    this.options.log(`warn: the GPU is given up: ${message}`);
    this.#complaints = [];
    this.#attempt = undefined;
    try {
      const opened = await openBackend(packaged, 'cpu', this.#engineOptions());
      this.#opened = { ...opened, fallback: firstLine(message) };
      return await this.#loadOn(this.#opened, onPercent);
    } catch (error) {
      throw explain(error, this.#complaints);
    }
  }

  async #open(): Promise<OpenedBackend> {
    const { backend, engineFolder, gpuLayers } = this.options;
    const options = this.#engineOptions();
    const wished = gpuLayers === 0 ? 'cpu' : backend;
    if (wished === 'cpu' || engineFolder === undefined) return openBackend(packaged, wished, options);
    const fetched = await loadEngineModule(engineFolder).catch((error: unknown) => {
      this.options.log(`warn: ${messageOf(error)}`);
      return firstLine(messageOf(error));
    });
    if (typeof fetched === 'string') return { ...(await openBackend(packaged, 'cpu', options)), fallback: fetched };
    return openBackend(getLlamaOf(fetched), wished, options, packaged);
  }

  #engineOptions() {
    const logger = (level: string, message: string): void => {
      if (NOISE.test(message)) return;
      this.#complaints.push(message.trim());
      this.options.log(`${level}: ${message.trim()}`);
    };
    return { maxThreads: this.#threads, logger };
  }

  /** @throws UserError when not even the least can be had on this backend */
  async #loadOn(opened: OpenedBackend, onPercent: OnPercent): Promise<Llm> {
    let attempt = this.#attempt ?? firstAttempt(this.options, opened.backend);
    for (;;) {
      const result = await this.#try(opened, attempt, onPercent);
      if (result instanceof LlamaLlm) {
        this.#attempt = attempt;
        return result;
      }
      const next = nextAttempt(attempt, result, this.options);
      if (next === undefined) throw result.failure;
      const { layers, contextSize, flashAttention } = next;
      this.options.log(`warn: ${result.failure.message}`);
      this.options.log(`warn: again: ${JSON.stringify({ layers, contextSize, flashAttention })}`);
      this.#complaints = [];
      attempt = next;
    }
  }

  async #try(
    opened: OpenedBackend,
    attempt: Attempt,
    onPercent: OnPercent,
  ): Promise<LlamaLlm | (Failed & { readonly failure: UserError })> {
    let stage: Failed['stage'] = 'model';
    let model: LlamaModel | undefined;
    try {
      model = await this.#loadModel(opened, attempt, onPercent);
      if (attempt.backend !== 'cpu' && model.gpuLayers === 0)
        throw new UserError('outOfMemory', 'no layer of the model fits into the memory of the GPU');
      stage = 'context';
      // What was said of the file's tensors on the way has nothing to do with it: the file is right.
      this.#complaints = [];
      const llm = await this.#llmOf(opened, model, attempt);
      await llm.warmUp();
      return llm;
    } catch (error) {
      // At once: a context that could not be made can be given back only while the engine still knows of it.
      if (model) await orAfter(model.dispose(), GIVE_UP_MS);
      const failure = explain(error, this.#complaints);
      const layers = model?.gpuLayers ?? (attempt.layers > 0 ? attempt.layers : undefined);
      return { failure, code: failure.code, stage, ...(layers === undefined ? {} : { layers }) };
    }
  }

  async #llmOf(opened: OpenedBackend, model: LlamaModel, attempt: Attempt): Promise<LlamaLlm> {
    const options = { ...this.options, threads: this.#threads };
    const complaints = {
      forget: () => {
        this.#complaints = [];
      },
      all: () => this.#complaints,
    };
    return new LlamaLlm({
      options,
      opened,
      model,
      context: await createContext(opened, model, attempt, options),
      createChatContext: () => createChatContext(opened, model, attempt, options, complaints),
      createMore: (contextSize, made) =>
        createMoreContext(opened, model, { ...attempt, contextSize }, options, complaints, made),
    });
  }

  #loadModel(opened: OpenedBackend, { layers, contextSize }: Attempt, onPercent: OnPercent): Promise<LlamaModel> {
    return opened.llama.loadModel({
      modelPath: this.options.file,
      gpuLayers: layers < 0 ? { fitContext: { contextSize } } : layers,
      // On a processor the weights are repacked, and a mapped copy of the file would stay in memory beside them.
      useMmap: opened.backend !== 'cpu',
      useMlock: this.options.memoryLock,
      onLoadProgress: (part) => onPercent(Math.floor(part * 9) * 10),
    });
  }
}

const getLlamaOf =
  ({ getLlama, LlamaLogLevel }: EngineModule): GetLlama =>
  (options) =>
    getLlama({ logLevel: LlamaLogLevel.warn, ...options });

/** Loaded only when it is needed. */
const packaged: GetLlama = async (options) => getLlamaOf(await loadEngineModule())(options);

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** Waits for the promise, but not for ever. */
async function orAfter(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, over]).finally(() => clearTimeout(timer));
}
