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
