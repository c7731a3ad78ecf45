/**
 * Runs jobs side by side. The first one that fails stops the others by their signal; when it settles all have ended.
 *
 * @throws what the first failing job threw
 */
export async function together(
  jobs: readonly ((signal: AbortSignal) => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const failures: unknown[] = [];
  const run = async (job: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    try {
      await job(either);
    } catch (error) {
      failures.push(error);
      stop.abort();
    }
  };
  await Promise.all(jobs.map(run));
  if (failures.length > 0) throw failures[0];
}
