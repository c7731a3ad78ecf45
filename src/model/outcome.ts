/** What became of a model that was to be loaded. */
import type { Model } from '../../models/catalog';
import type { ClientStatus, ServerProcess } from '../client/serverProcess';

/** Whether a model did not come up. */
export function hasFailed({ state }: ClientStatus): boolean {
  return state === 'failed' || state === 'stopped';
}

/** The model that a process goes on with when another one does not load; undefined where none has run, or it runs no more. */
export function inUse(process: ServerProcess | undefined): Model | undefined {
  return process === undefined || hasFailed(process.status) ? undefined : process.worked?.model;
}
