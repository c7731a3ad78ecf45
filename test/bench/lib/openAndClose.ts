/** Windows that join the process that all share, ask and leave, one after the other, and what that leaves in the process. */
import type { Place } from '../../support/sharedWindow';
import { type Sample, sampleOf } from './slope';

export interface Opened {
  /** Of the shared process, after each window. Empty where the system does not tell. */
  readonly samples: readonly Sample[];
  /** All processes that windows have had. */
  readonly pids: ReadonlySet<number>;
  /** Windows that were answered nothing. */
  readonly unanswered: number;
}

/** One window stays there all the while; every tenth of the others is closed without a word, as one that is killed. */
export async function openAndClose(place: Place, windows: number): Promise<Opened> {
  const stays = await place.real();
  await stays.ready();
  const pids = new Set([stays.pid]);
  const samples: Sample[] = [];
  let unanswered = 0;
  for (let n = 0; n < windows; n++) {
    const window = await place.real();
    pids.add(window.pid);
    const answer = await window.complete(`file:///sample/${n % 5}.js`, `const ab = ${n};\nconst cd = a`);
    if (answer === undefined) unanswered++;
    if (n % 10 === 9) window.engine.socket.destroy();
    else await window.leave();
    await window.closed;
    window.connection.dispose();
    // An answer here means that the goodbye was dealt with there.
    await stays.status();
    const sample = sampleOf(stays.pid, performance.now());
    if (sample !== undefined) samples.push(sample);
  }
  await stays.leave('alone');
  await stays.closed;
  return { samples, pids, unanswered };
}
