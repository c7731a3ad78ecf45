/** The command line with which a server process is started for a model. */
import type { Backend } from '../../server/protocol';
import type { ModelFile } from './store';

export interface EngineOptions {
  readonly backend: Backend | 'auto';
  /** 0 chooses. */
  readonly threads: number;
}

export function serverArgs({ model, file }: ModelFile, { backend, threads }: EngineOptions): string[] {
  const flags = {
    model: file,
    name: model.name,
    bytes: model.bytes,
    layout: model.fim ?? 'psm',
    backend,
    threads,
    context: model.context,
  };
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

/** One pool thread: each token is two jobs of it, and wandering between threads halves the speed. */
export const serverEnv: Readonly<Record<string, string>> = { UV_THREADPOOL_SIZE: '1' };
