/** What is wrong when the engine fails: its own errors say little, its log says more. */
import { messageOf, UserError } from '../errors';

const MEMORY =
  /not enough v?ram|too large for the available|(failed|unable) to allocate|out ?of ?(device|host)? ?memory|cannot allocate|cudamalloc failed/i;
/** Memory that could not be locked is no failure. */
const HARMLESS = /mlock|RLIMIT_MEMLOCK/;

/** @param complaints warnings and errors of the engine's log since the load began */
export function explain(error: unknown, complaints: readonly string[]): UserError {
  if (error instanceof UserError) return error;
  const serious = complaints.filter((line) => !HARMLESS.test(line));
  const log = serious.join('\n');
  const detail = [messageOf(error), ...serious.slice(-2)].join('; ');
  // Its binaries are in the package: when none can be opened the system is too old, or lacks a library that they need.
  if (/NoBinaryFound|no prebuilt binaries found/i.test(messageOf(error))) return new UserError('engineUnfit', detail);
  if (/LoRA adapter/i.test(messageOf(error))) return new UserError('adapterUnfit', detail);
  if (/unknown model architecture|unknown pre-tokenizer|unsupported/i.test(log))
    return new UserError('modelUnsupported', detail);
  if (MEMORY.test(messageOf(error)) || MEMORY.test(log)) return new UserError('outOfMemory', detail);
  if (/load model|gguf|tensor|corrupted|architecture/i.test(detail)) return new UserError('modelDamaged', detail);
  return new UserError('engineFailed', detail);
}
