/** Which backend runs the model next. Pure: what was seen of each backend is told. */
import type { Backend } from '../../server/protocol';
import type { GpuBackend } from './probeReport';

/** How a backend ended the last time it was started. */
export interface BackendRecord {
  readonly outcome: 'good' | 'crashed';
  /** ISO 8601. */
  readonly at: string;
  /** Version of the engine; another one may do better, or worse. */
  readonly engine: string;
}

export type BackendHistory = Readonly<Partial<Record<GpuBackend, BackendRecord>>>;

export interface ChoiceFacts {
  /** The setting. */
  readonly wished: Backend | 'auto';
  /** Opened by a probe and found a GPU, the best first. */
  readonly available: readonly GpuBackend[];
  readonly history: BackendHistory;
  /** Version of the engine that would run. */
  readonly engine: string;
}

/**
 * `wished`: the setting says so. `lastGood`: it ran before. `best`: the first of those available. `noneAvailable`, `allCrashed`: the processor
 * is what is left.
 */
export type ChoiceReason = 'wished' | 'lastGood' | 'best' | 'noneAvailable' | 'allCrashed';

export interface BackendChoice {
  readonly backend: Backend;
  readonly reason: ChoiceReason;
  /** The setting's backend, where it is not available and another had to be chosen. */
  readonly missing?: GpuBackend;
  /** Available, and left out because they crashed with this engine. */
  readonly crashed: readonly GpuBackend[];
}

/**
 * A backend set by hand is tried whatever happened before. `auto` stays with what ran last, so that nothing changes under a person's hands,
 * and never takes one that crashed with this version of the engine.
 */
export function chooseBackend({ wished, available, history, engine }: ChoiceFacts): BackendChoice {
  const crashed = available.filter((backend) => isRecorded(history[backend], 'crashed', engine));
  if (wished === 'cpu') return { backend: 'cpu', reason: 'wished', crashed };
  if (wished !== 'auto' && available.includes(wished))
    return { backend: wished, reason: 'wished', crashed: crashed.filter((backend) => backend !== wished) };
  const missing = wished === 'auto' ? {} : { missing: wished };
  const candidates = available.filter((backend) => !crashed.includes(backend));
  const [lastGood] = candidates
    .filter((backend) => isRecorded(history[backend], 'good', engine))
    .toSorted((a, b) => (history[b]?.at ?? '').localeCompare(history[a]?.at ?? ''));
  if (lastGood !== undefined) return { backend: lastGood, reason: 'lastGood', ...missing, crashed };
  const [best] = candidates;
  if (best !== undefined) return { backend: best, reason: 'best', ...missing, crashed };
  return { backend: 'cpu', reason: available.length > 0 ? 'allCrashed' : 'noneAvailable', ...missing, crashed };
}

function isRecorded(record: BackendRecord | undefined, outcome: BackendRecord['outcome'], engine: string): boolean {
  return record?.outcome === outcome && record.engine === engine;
}
