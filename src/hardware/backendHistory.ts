/** What became of each backend on this machine, kept between sessions. */
import type { Memory } from '../client/modelFile';
import type { BackendHistory, BackendRecord } from './backendChoice';
import { GPU_BACKENDS, type GpuBackend, isRecord } from './probeReport';

const KEY = 'hardware.backends';

/** What cannot be read, of a version to come or damaged, is as if it had not happened. */
export function readHistory(memory: Memory): BackendHistory {
  const kept = memory.get(KEY);
  if (!isRecord(kept)) return {};
  return Object.fromEntries(
    GPU_BACKENDS.flatMap((backend) => {
      const record = kept[backend];
      return isBackendRecord(record) ? [[backend, record]] : [];
    }),
  );
}

/**
 * To be called when a server with that backend is ready (`good`), when its probe has died (`crashedBackends`), and when it has died while
 * loading (`recover`).
 *
 * @param engine version of the engine that ran
 */
export async function recordBackend(
  memory: Memory,
  backend: GpuBackend,
  outcome: BackendRecord['outcome'],
  engine: string,
  now = new Date(),
): Promise<void> {
  const record: BackendRecord = { outcome, at: now.toISOString(), engine };
  await memory.update(KEY, { ...readHistory(memory), [backend]: record });
}

/** Everything may be tried again: a person asked to look at the machine anew, or fetched another engine. */
export async function forgetBackends(memory: Memory): Promise<void> {
  await memory.update(KEY, undefined);
}

function isBackendRecord(value: unknown): value is BackendRecord {
  return (
    isRecord(value) &&
    (value.outcome === 'good' || value.outcome === 'crashed') &&
    typeof value.at === 'string' &&
    typeof value.engine === 'string'
  );
}
