/** Starts a server process that outlives the window: the next one may need it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { endProcess } from './endProcess';
import { type Joined, join, unlessAborted } from './join';
import { CannotShare } from './runtimeFolder';
import { type Command, childEnv, type Description } from './sharing';

/** How long a new process may take until it listens, in milliseconds: a checker of viruses reads it first. */
const LISTEN_PATIENCE_MS = 20_000;
const BETWEEN_TRIES_MS = 20;

export interface Place extends Pick<Description, 'pipe' | 'key'> {
  readonly folder: string;
  /** File for what the process and its engine write when they end; begun anew. */
  readonly log: string;
}

/**
 * Starts it and is its first window.
 *
 * @param describe tells other windows of it, before it listens: this one may be killed meanwhile. What it throws ends the process
 * @throws CannotShare when it does not come up, AbortError when it is not needed any more
 */
export async function spawnEngine(
  command: Command,
  place: Place,
  describe: (pid: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Joined> {
  const child = await spawnDetached(command, place);
  child.unref();
  try {
    const joining = firstJoin(child, place, signal);
    const [joined] = await Promise.all([joining, child.pid === undefined ? undefined : describe(child.pid)]);
    return joined;
  } catch (error) {
    // Whoever starts the next one needs its memory.
    if (child.pid !== undefined) await endProcess(child.pid);
    throw error;
  }
}

async function firstJoin(child: ChildProcess, place: Place, signal: AbortSignal): Promise<Joined> {
  let over: string | undefined;
  child.once('error', (error) => {
    over = error.message;
  });
  child.once('exit', (code, by) => {
    over = `it ended with ${code ?? by}; ${place.log} may say why`;
  });
  const until = performance.now() + LISTEN_PATIENCE_MS;
  while (over === undefined && performance.now() < until) {
    const joined = await join(place, until - performance.now());
    if (typeof joined !== 'string') return unlessAborted(joined, signal);
    await delay(BETWEEN_TRIES_MS, undefined, { signal });
  }
  throw new CannotShare(`The process did not come up: ${over ?? 'it does not answer'}.`);
}

/**
 * Not in the window's folder: on Windows that could not be removed as long as the process runs, and engines look for their libraries in it before
 * they ask the system for them.
 */
async function spawnDetached(
  { module, args, execArgv }: Command,
  { folder, log, pipe, key }: Place,
): Promise<ChildProcess> {
  const output = await open(log, 'w', 0o600);
  try {
    return spawn(process.execPath, [...execArgv, module, ...args, `--pipe=${pipe}`], {
      cwd: folder,
      detached: true,
      env: childEnv(process.env, key),
      stdio: ['ignore', output.fd, output.fd],
      windowsHide: true,
    });
  } finally {
    await output.close();
  }
}
