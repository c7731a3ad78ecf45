/** An `AbortSignal` where the editor's libraries want a token. */
import type * as vscode from 'vscode';
import { ChatError } from './chatClient';

export function tokenOf(signal: AbortSignal): vscode.CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener, thisArgs?: unknown) => {
      const abort = (): void => void listener.call(thisArgs, undefined);
      signal.addEventListener('abort', abort, { once: true });
      return { dispose: () => signal.removeEventListener('abort', abort) };
    },
  };
}

/** The promise's outcome. @throws ChatError `stopped` as soon as the signal is aborted */
export async function orStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new ChatError('stopped');
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new ChatError('stopped'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
