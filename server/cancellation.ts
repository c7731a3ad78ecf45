/** The token of a request as a signal. */
import type { CancellationToken } from 'vscode-languageserver';

/**
 * Does work with a signal that is aborted when the token is cancelled. A request whose cancelling came together with it has a token that
 * never tells: it only is cancelled already.
 *
 * @throws what the work throws
 */
export async function withSignal<T>(
  token: CancellationToken | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const subscription = token?.onCancellationRequested(() => controller.abort());
  if (token?.isCancellationRequested) controller.abort();
  try {
    return await work(controller.signal);
  } finally {
    subscription?.dispose();
  }
}
