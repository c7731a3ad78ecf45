/** Where memory is short, models take turns: the one that begins to load sends others to sleep. */
import type { ModelFile } from '../client/modelFile';
import type { ServerProcess } from '../client/serverProcess';

/** What of a process is needed for that. */
export type Sleeper = Pick<ServerProcess, 'model' | 'status' | 'sleep'>;

/**
 * Makes room for a model, where there is none beside those that are awake.
 *
 * @param others those that are needed least first
 * @param fitTogether whether models have room at the same time
 */
export async function makeRoom(
  loading: Sleeper,
  others: readonly Sleeper[],
  fitTogether: (...models: readonly ModelFile[]) => boolean,
): Promise<void> {
  let awake = others.filter((each) => each !== loading && each.status.state === 'ready');
  while (awake.length > 0 && !fitTogether(loading.model, ...awake.map(({ model }) => model))) {
    await awake[0]?.sleep();
    awake = awake.slice(1);
  }
}

/**
 * Before a process gets another model: where there is no room for both, the one before sleeps. Other windows keep it until they hear of the
 * change, which is when the other one has loaded.
 */
export async function sleepBefore(
  process: Sleeper | undefined,
  next: ModelFile,
  fitTogether: (...models: readonly ModelFile[]) => boolean,
): Promise<void> {
  if (process === undefined || process.status.state !== 'ready' || process.model.file === next.file) return;
  if (!fitTogether(process.model, next)) await process.sleep();
}
