/** The command line with which a server process is started for a model. */
import type { Backend } from '../../server/protocol';
import type { ModelFile } from './modelFile';

/** How the engine shall run. What is `auto` or 0 is chosen by the server from the model and the machine. */
export interface EngineOptions {
  readonly backend: Backend | 'auto';
  /** 0 chooses. */
  readonly threads: number;
  /** Layers for the GPU; -1 chooses. */
  readonly gpuLayers: number;
  /** Room of the context, in tokens; 0 chooses. */
  readonly contextSize: number;
  readonly flashAttention: 'auto' | 'on' | 'off';
  /** Type of the values in the KV cache. */
  readonly kvCacheType: 'auto' | 'f16' | 'q8_0';
  /** Keep the weights from being paged out. */
  readonly memoryLock: boolean;
  /** Unload the model after so many minutes without a request; 0 never. */
  readonly unloadAfterMinutes: number;
}

export interface Launch extends EngineOptions {
  /** What the process is for where that is not completion: it then leaves the processor to the one that completes. */
  readonly job?: 'chat' | 'embedding';
  /** Folder of an engine that was fetched; undefined: the one in the package. */
  readonly engineFolder?: string;
  /** Path of a LoRA adapter. */
  readonly adapter?: string;
  /** Node's own flags for the process: what it may do. */
  readonly execArgv?: readonly string[];
}

export function serverArgs({ model, file }: ModelFile, launch: Launch): string[] {
  const { engineFolder, adapter, execArgv: _, ...options } = launch;
  const flags = {
    model: file,
    name: model.name,
    ...(model.isRounded === true ? {} : { bytes: model.bytes }),
    layout: model.fim ?? 'psm',
    trainedOn: model.context,
    ...options,
    ...(engineFolder === undefined ? {} : { engine: engineFolder }),
    ...(adapter === undefined ? {} : { adapter }),
  };
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

export const serverEnv: Readonly<Record<string, string>> = {
  /** One pool thread: each token is two jobs of it, and wandering between threads halves the speed. */
  UV_THREADPOOL_SIZE: '1',
  /** glibc gives large buffers back to the system when they are freed, instead of raising this bound by itself: a model that sleeps is gone. */
  MALLOC_MMAP_THRESHOLD_: String(4 << 20),
};
