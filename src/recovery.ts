/** What to do when the server process has died. Pure, so that it can be tested without an editor. */
import type { Backend } from '../server/protocol';

export interface Death {
  /** When, in milliseconds on any steady clock. */
  readonly at: number;
  /** True when the model was not loaded yet: the same start would most likely die again. */
  readonly whileLoading: boolean;
  /** What the process had been told to run the model with. */
  readonly backend: Backend | 'auto';
}

export type Recovery =
  | { readonly action: 'restart'; readonly backend: Backend | 'auto' }
  | { readonly action: 'giveUp' };

/** So many deaths within so long, and the process is not started again without being asked. */
const MOST_DEATHS = 4;
const WITHIN_MS = 180_000;

/** @param deaths all so far, the newest last; at least one */
export function recover(deaths: readonly Death[]): Recovery {
  const newest = deaths.at(-1);
  if (newest === undefined) return { action: 'giveUp' };
  const recent = deaths.filter(({ at }) => newest.at - at < WITHIN_MS);
  if (newest.whileLoading) {
    if (newest.backend !== 'cpu') return { action: 'restart', backend: 'cpu' };
    if (recent.filter(({ whileLoading, backend }) => whileLoading && backend === 'cpu').length > 1)
      return { action: 'giveUp' };
  }
  return recent.length > MOST_DEATHS ? { action: 'giveUp' } : { action: 'restart', backend: newest.backend };
}
