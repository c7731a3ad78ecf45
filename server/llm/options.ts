/** How a model shall be loaded and run. Plain data; `commandLine.ts` makes it. */
import type { Backend, FimLayout } from '../protocol';

/** What a process is for. `completion` also chats and embeds, each in a context of its own that is made when it is needed. */
export type Job = 'completion' | 'chat' | 'embedding';

export interface LlamaOptions {
  readonly job: Job;
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
  /** Layers for the GPU; -1 chooses. */
  readonly gpuLayers: number;
  /** Room of the context in tokens; 0 chooses. */
  readonly contextSize: number;
  /** Tokens that the model was trained on; 0 where no one could tell. The context is never larger. */
  readonly trainedOn: number;
  readonly flashAttention: 'auto' | 'on' | 'off';
  readonly kvCacheType: 'auto' | 'f16' | 'q8_0';
  /** Keep the weights from being paged out. Where the system refuses, they are used all the same. */
  readonly memoryLock: boolean;
  /** Folder of an engine that was fetched; undefined: the one in the package. */
  readonly engineFolder?: string;
  /** Path of a LoRA adapter. */
  readonly adapter?: string;
  /** Told lines of the engine's log. */
  readonly log: (line: string) => void;
}
