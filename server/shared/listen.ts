/**
 * The server's only way in besides the process that started it: a local pipe (a Unix socket, or a named pipe of Windows), which no other
 * machine can reach. Whoever comes says the key first, as one line, and hears `joined`, the process's id and what its model is doing; else
 * nothing more is read.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import process from 'node:process';

/** How long whoever comes may take to say the key, in milliseconds. */
const KEY_PATIENCE_MS = 2_000;
/** More than a key and its line end have, in bytes. */
const LONGEST_KEY = 1_024;

export interface Listening {
  /** Path of the socket, or name of the pipe. */
  readonly pipe: string;
  readonly key: string;
  /** The `state` of the model's status. */
  readonly state: () => string;
  /** One that knows the key has come, and was told so. */
  readonly onJoin: (socket: Socket) => void;
  /** Something was refused or failed, as a sentence. */
  readonly warn: (text: string) => void;
}

/** @returns the function that ends it: the socket's file is gone then. @throws Error, later, where the pipe cannot be had */
export function listen({ pipe, key, state, onJoin, warn }: Listening): () => void {
  if (key === '') throw new Error('No key was given, so nobody could be told from anybody.');
  const server = createServer((socket) => {
    // What fails on the way ends this connection; the others go on.
    socket.on('error', (error) => warn(`A connection has failed: ${error.message}`));
    admit(socket, key).then(
      () => {
        socket.write(`joined ${process.pid} ${state()}\n`);
        onJoin(socket);
      },
      (error: unknown) => {
        socket.destroy();
        warn(`A connection was refused: ${String(error)}`);
      },
    );
  });
  server.listen(pipe, () => {
    server.on('error', (error) => warn(`A connection could not be taken: ${error.message}`));
  });
  return () => server.close();
}

/** Reads the first line, and nothing after it. @throws Error when it is not the key */
function admit(socket: Socket, key: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = Buffer.alloc(0);
    const timer = setTimeout(() => end(new Error('it said no key')), KEY_PATIENCE_MS);
    const gone = (): void => end(new Error('it has gone'));
    const read = (data: Buffer): void => {
      said = Buffer.concat([said, data]);
      if (said.includes('\n')) end(isKey(said, key) ? undefined : new Error('it said another key'));
      else if (said.length > LONGEST_KEY) end(new Error('it said no key'));
    };
    const end = (error: Error | undefined): void => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', read).off('close', gone);
      if (error) reject(error);
      else resolve();
    };
    socket.on('data', read).on('close', gone);
  });
}

/** Takes as long for a key that is nearly right as for one that is not. */
function isKey(said: Buffer, key: string): boolean {
  const digest = (text: Buffer | string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(said), digest(`${key}\n`));
}
