/** Ends a process that does not answer. */
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

/** How long the system may take to free its memory, in milliseconds. */
const PATIENCE_MS = 5_000;

export function isRunning(pid: number): boolean {
  return signalled(pid, 0);
}

/** Settles when it is gone, or does not go. */
export async function endProcess(pid: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let is = signalled(pid, 'SIGKILL'); is && performance.now() < until; is = isRunning(pid)) await delay(20);
}

/** @returns false where there is no such process */
function signalled(pid: number, signal: 'SIGKILL' | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // EPERM: it is there, and another user's.
    return error.code === 'EPERM';
  }
}
