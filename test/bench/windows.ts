/**
 * `node dist/test/bench/windows.cjs [--windows=300] [--json]`: windows that join the process that all share, ask and leave, and what the process
 * holds after every twentieth of them.
 */
import { parseArgs } from 'node:util';
import { Place } from '../support/sharedWindow';
import { machine, printedMachine } from './lib/machine';
import { openAndClose } from './lib/openAndClose';
import { round } from './lib/spread';
import { table } from './lib/table';

const { values } = parseArgs({
  options: { windows: { type: 'string', default: '300' }, json: { type: 'boolean', default: false } },
});
const EVERY = 20;

async function main(): Promise<void> {
  const place = new Place();
  try {
    const { samples, pids, unanswered } = await openAndClose(place, Number(values.windows));
    const rows = samples.flatMap(({ megabytes, handles }, n) =>
      (n + 1) % EVERY === 0 ? [[String(n + 1), String(round(megabytes)), String(handles)]] : [],
    );
    if (values.json) console.log(JSON.stringify({ ...machine(), samples, processes: pids.size, unanswered }));
    else {
      console.log(`${printedMachine(machine())}\n${pids.size} processes, ${unanswered} windows without an answer`);
      console.log(table([['windows', 'MB', 'handles'], ...rows]));
    }
  } finally {
    place.clear();
  }
}

void main();
