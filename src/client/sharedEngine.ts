/** The one process that all windows share for a model: joins it where it runs, else starts it. One window at a time does so. */
import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { type Lock, lockAt } from '../lock';
import { endProcess } from './endProcess';
import { type Joined, join } from './join';
import { CannotShare, openRuntimeFolder } from './runtimeFolder';
import { type Command, type Description, identityOf, LOCK_STALE_MS, pipeIn, readDescription } from './sharing';
import { spawnEngine } from './spawnEngine';
import { sweep, textOf } from './sweep';

/** A process that does not answer for so long is hung, in milliseconds. */
const JOIN_PATIENCE_MS = 5_000;
/** How long other windows may take to start a process, in milliseconds. */
const LOCK_PATIENCE_MS = 40_000;
const BETWEEN_TRIES_MS = 30;

export interface SharedEngine extends Joined {
  /** Whether this window has started it. */
  readonly isNew: boolean;
  /** What the process and its engine have written: to be read when it has ended. */
  readonly log: string;
}

export interface SharedParts {
  readonly command: Command;
  /** Path of the model. */
  readonly modelFile: string;
  /** Something that a reader of the log should know, as a sentence. */
  readonly warn: (text: string) => void;
  /** Of this process, where it is not given. */
  readonly env?: NodeJS.ProcessEnv;
}

/** @throws CannotShare when windows cannot share a process here, and what the system or the signal says */
export async function sharedEngine(parts: SharedParts, signal: AbortSignal): Promise<SharedEngine> {
  const folder = await openRuntimeFolder(parts.env);
  const files = await Promise.all([parts.command.module, parts.modelFile].map(fingerprint));
  const at = path.join(folder, identityOf(parts.command, files));
  const log = `${at}.log`;
  const lock = await locked(`${at}.lock`, signal);
  try {
    signal.throwIfAborted();
    const there = await joinDescribed(`${at}.json`, parts.warn);
    if (there !== undefined) return { ...there, log, isNew: false };
    await sweep(folder);
    const started = await start(parts, { folder, description: `${at}.json`, log }, signal);
    return { ...started, log };
  } finally {
    await lock.release();
  }
}

async function fingerprint(file: string) {
  const { size, mtimeMs } = await stat(file);
  return { file, size, mtimeMs };
}

async function locked(file: string, signal: AbortSignal): Promise<Lock> {
  const until = performance.now() + LOCK_PATIENCE_MS;
  for (;;) {
    const lock = await lockAt(file, LOCK_STALE_MS);
    if (lock !== undefined) return lock;
    if (performance.now() > until) throw new CannotShare(`Another window has kept ${file} for too long.`);
    await delay(BETWEEN_TRIES_MS, undefined, { signal });
  }
}

/** @returns undefined when no process is there to be joined */
async function joinDescribed(file: string, warn: (text: string) => void): Promise<Joined | undefined> {
  const description = readDescription(await textOf(file));
  if (description === undefined) return undefined;
  const joined = await join(description, JOIN_PATIENCE_MS);
  if (typeof joined !== 'string') return joined;
  if (joined === 'silent') {
    // Beside it there would be a second copy of the model. All windows go on with the next process.
    warn(
      `The engine's process ${description.pid} does not answer for ${JOIN_PATIENCE_MS / 1000} seconds and is ended.`,
    );
    await endProcess(description.pid);
  }
  return undefined;
}

interface Files {
  readonly folder: string;
  readonly description: string;
  readonly log: string;
}

type Started = Joined & Pick<SharedEngine, 'isNew'>;

async function start(
  { command, warn }: SharedParts,
  { folder, description, log }: Files,
  signal: AbortSignal,
): Promise<Started> {
  const pipe = pipeIn(folder, randomBytes(16).toString('hex'), process.platform);
  if (pipe === undefined) throw new CannotShare(`The path of ${folder} is too long for a socket.`);
  const key = randomBytes(32).toString('hex');
  const joined = await spawnEngine(command, { pipe, key, folder, log }, signal);
  const described: Description = { pid: joined.pid, pipe, key };
  // A computer that slept, or whose clock was set, has lost the lock: another window may have been quicker.
  const other = await joinDescribed(description, warn);
  if (other !== undefined) {
    await end(joined, [pipe]);
    return { ...other, isNew: false };
  }
  try {
    await writeFile(`${description}.new`, JSON.stringify(described), { mode: 0o600 });
    await rename(`${description}.new`, description);
  } catch (error) {
    // Nobody could find it: this window would have another one beside it. Its memory is to be free before that.
    await end(joined, [pipe, `${description}.new`]);
    throw error;
  }
  return { ...joined, isNew: true };
}

/** @param files what it cannot remove itself any more */
async function end({ socket, pid }: Joined, files: readonly string[]): Promise<void> {
  socket.destroy();
  await endProcess(pid);
  for (const each of files) await rm(each, { force: true });
}
