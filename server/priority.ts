/** A process that answers no typing leaves the processor to the one that does. */
import os from 'node:os';
import process from 'node:process';

/** Jobs of `src/client/launch.ts` that wait for typing. */
const PATIENT = ['--job=chat', '--job=embedding'];

/**
 * Lowers the priority of this process, where its command line says that it may wait. To be called before there is an engine: on Linux only
 * threads that begin afterwards have it.
 *
 * @returns what the system refused, for the log; undefined when all is well
 */
export function lowerPriority(args: readonly string[]): string | undefined {
  if (!args.some((each) => PATIENT.includes(each))) return undefined;
  try {
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return `The priority of process ${process.pid} was not lowered: ${error.message}`;
  }
}
