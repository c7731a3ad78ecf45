/** Joins a process that windows share, by its local pipe. The other end is `server/shared/listen.ts`. */
import { connect, type Socket } from 'node:net';
import type { Description } from './sharing';

/** What the process answers to the right key. */
const WELCOME = /^joined (\d+) ([a-z]+)\n/;
/** More than that has, in bytes. */
const LONGEST_WELCOME = 64;
/** The patience is counted in so many steps: a window that was itself too busy to listen has lost one of them, and hears what has come. */
const STEPS = 10;

export interface Joined {
  /** Paused: what comes waits until somebody reads it. */
  readonly socket: Socket;
  readonly pid: number;
  /** Whether its model was loaded, or had failed to. From then on each change is told. */
  readonly isLoaded: boolean;
}

/**
 * `nobody`: there is no such process any more, or it did not take the key. `silent`: one has the pipe, and does not answer: it is stopped, or
 * hangs.
 */
export type NotJoined = 'nobody' | 'silent';

/** @param patienceMs how long the answer may take, in milliseconds */
export function join(
  { pipe, key }: Pick<Description, 'pipe' | 'key'>,
  patienceMs: number,
): Promise<Joined | NotJoined> {
  return new Promise((resolve) => {
    const socket = connect(pipe, () => socket.write(`${key}\n`));
    let heard = Buffer.alloc(0);
    const end = (outcome: Joined | NotJoined): void => {
      clearInterval(timer);
      socket.off('data', read).off('close', gone);
      if (typeof outcome === 'string') socket.destroy();
      resolve(outcome);
    };
    const gone = (): void => end('nobody');
    const read = (data: Buffer): void => {
      heard = Buffer.concat([heard, data]);
      const [line = '', pid, state] = WELCOME.exec(heard.toString('latin1')) ?? [];
      if (pid === undefined) {
        if (heard.length > LONGEST_WELCOME) gone();
        return;
      }
      socket.pause();
      const rest = heard.subarray(line.length);
      if (rest.length > 0) socket.unshift(rest);
      end({ socket, pid: Number(pid), isLoaded: state !== 'loading' });
    };
    let steps = 0;
    const timer = setInterval(() => {
      if (++steps >= STEPS) end(socket.connecting ? 'nobody' : 'silent');
    }, patienceMs / STEPS);
    // After an error comes the end, now and later.
    socket
      .on('error', () => undefined)
      .on('data', read)
      .on('close', gone);
  });
}

/** What is not needed any more is left again. @throws AbortError when the signal is aborted */
export function unlessAborted(joined: Joined, signal: AbortSignal): Joined {
  if (signal.aborted) joined.socket.destroy();
  signal.throwIfAborted();
  return joined;
}
