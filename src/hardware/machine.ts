/** What a machine has to run models with. Plain data: it is kept, shown and reasoned about. */
import type { Backend } from '../../server/protocol';

export interface Gpu {
  /** As its driver calls it. */
  readonly name: string;
  /** What runs models on it. */
  readonly backend: Exclude<Backend, 'cpu'>;
  /** Its own memory in bytes; where `isUnified`, what it may take of the machine's. 0 where no one could tell. */
  readonly memoryBytes: number;
  /** Shares the memory of the processor: Apple silicon and integrated graphics. */
  readonly isUnified: boolean;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Processors that this process may use. */
  readonly cores: number;
  readonly cpu: string;
  readonly memoryBytes: number;
  /** The best first. */
  readonly gpus: readonly Gpu[];
}
