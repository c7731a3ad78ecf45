/** How a request for ghost text ended, in figures. */
import type { Outcome } from '../protocol';
import type { Run } from './run';
import type { Tidied } from './tidy';

/** What was made of one run, or of what was kept of one. */
export interface Result {
  readonly tidied: Tidied;
  readonly origin: 'model' | 'memory';
  readonly run?: Run;
}

export function outcomeOf(uri: string, results: readonly Result[], times: Pick<Outcome, 'ms' | 'engineMs'>): Outcome {
  const [first] = results;
  const runs = results.flatMap(({ run }) => (run ? [run] : []));
  const sum = (of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const tokens = {
    tokensRead: sum(({ usage }) => usage.evaluated),
    tokensReused: sum(({ usage }) => usage.reused),
    tokensWritten: sum(({ draft }) => draft.tokens.length),
  };
  const silence = first && 'silence' in first.tidied ? first.tidied.silence : undefined;
  return { uri, ...times, ...tokens, ...(silence ? { silence } : first ? { origin: first.origin } : {}) };
}
