/** One process at a time downloads a file. */
import { isLockedAt, type Lock, lockAt } from '../lock';
import { lockOf } from './journal';

export type { Lock };

/** See `lockAt`. */
export const tryLock = (file: string, staleMs: number): Promise<Lock | undefined> => lockAt(lockOf(file), staleMs);

export const isLocked = (file: string, staleMs: number): Promise<boolean> => isLockedAt(lockOf(file), staleMs);
