/** Stands in for the server and tells what its JavaScript can reach: `{ read, list, write, spawn, worker }`, each true or an error's code. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const [, , file = '', folder = ''] = process.argv;

function tried(act: () => unknown): true | string {
  try {
    act();
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

const reached = {
  read: tried(() => readFileSync(file)),
  list: tried(() => readdirSync(folder)),
  write: tried(() => writeFileSync(`${folder}/written`, '')),
  spawn: tried(() => spawnSync(process.execPath, ['--version'])),
  worker: tried(() => new Worker('', { eval: true })),
};
process.stdout.write(JSON.stringify(reached), () => process.exit());
