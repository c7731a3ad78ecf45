/** What is told of a download on its way. */
import { readJournal } from './journal';
import { sizeOf } from './ranges';
import type { Rate } from './rate';
import type { Progress } from './wanted';

export function progressOf(received: number, bytes: number | null, rate: Rate): Progress {
  return {
    received,
    bytes,
    bytesPerSecond: rate.bytesPerSecond,
    secondsLeft: bytes === null ? null : rate.secondsFor(bytes - received),
  };
}

/** As far as the journal tells: the work of another process, or of an earlier one. */
export async function progressOnDisk(file: string, rate: Rate): Promise<Progress> {
  const journal = await readJournal(file);
  const received = sizeOf(journal?.onDisk ?? []);
  rate.note(received, performance.now());
  return progressOf(received, journal?.bytes ?? null, rate);
}
