/** Work that a stranger's file asks for, with an end. */
import { createContext, Script } from 'node:vm';

const script = new Script('work()');

/**
 * What the work returns. It runs on this thread, and is ended in the middle when it takes too long.
 *
 * @param ms more than 0
 * @throws Error when it takes longer, and what the work throws
 */
export function bounded<T>(work: () => T, ms: number): T {
  let result: { readonly value: T } | undefined;
  const run = (): void => {
    result = { value: work() };
  };
  script.runInContext(createContext({ work: run }), { timeout: ms });
  if (result === undefined) throw new Error('the work came to no end');
  return result.value;
}
