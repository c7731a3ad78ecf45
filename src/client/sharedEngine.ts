/** The one process that all windows share for a model: joins it where it runs, else starts it. One window at a time does so. */
import { randomBytes } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { type Lock, lockAt } from '../lock';
import { endProcess } from './endProcess';
import { type Joined, join, unlessAborted } from './join';
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
  const files = await Promise.all([parts.command.module, parts.modelFile, process.execPath].map(fingerprint));
  const at = path.join(folder, identityOf(parts.command, files));
  const log = `${at}.log`;
  for (;;) {
    const lock = await locked(`${at}.lock`, signal);
    try {
      signal.throwIfAborted();
      const there = await joinDescribed(`${at}.json`, parts.warn);
      if (there !== undefined) return { ...unlessAborted(there, signal), log, isNew: false };
      await sweep(folder);
      const started = await start(parts.command, { folder, description: `${at}.json`, log }, signal);
      return { ...started, log, isNew: true };
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    } finally {
      await lock.release();
    }
  }
}

/** This window slept with the lock in its hand, or was too busy to keep it fresh: another one has started a process, which is the one to join. */
class Overtaken extends Error {}

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

async function start(command: Command, { folder, description, log }: Files, signal: AbortSignal): Promise<Joined> {
  const pipe = pipeIn(folder, randomBytes(16).toString('hex'), process.platform);
  if (pipe === undefined) throw new CannotShare(`The path of ${folder} is too long for a socket.`);
  const key = randomBytes(32).toString('hex');
  const before = await textOf(description);
  let own = '';
  const describe = async (pid: number): Promise<void> => {
    if ((await textOf(description)) !== before) throw new Overtaken();
    own = JSON.stringify({ pid, pipe, key } satisfies Description);
    await writeFile(`${description}.new`, own, { mode: 0o600 });
    await rename(`${description}.new`, description);
  };
  try {
    const joined = await spawnEngine(command, { pipe, key, folder, log }, describe, signal);
    if ((await textOf(description)) === own) return joined;
    joined.socket.destroy();
    await endProcess(joined.pid);
    throw new Overtaken();
  } catch (error) {
    // What the process cannot remove itself any more; a full disk needs the room.
    for (const each of [pipe, `${description}.new`]) await rm(each, { force: true });
    throw error;
  }
}
