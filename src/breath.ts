/** Long work in small slices: the extension host answers typing too. */
import { performance } from 'node:perf_hooks';

/** Milliseconds of work at a time. */
const SLICE_MS = 4;

/** @returns a function that lets others run when a slice has gone, and throws when the signal is aborted */
export function breathing(signal: AbortSignal, sliceMs = SLICE_MS): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < sliceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    since = performance.now();
  };
}
