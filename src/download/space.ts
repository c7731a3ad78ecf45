/** Whether a file can be written where it shall be, asked before its bytes are. */
import { mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { DownloadError, isSystemError } from './faults';

/** Makes the folder of the file. */
export async function makeFolder(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
}

/**
 * @param bytes that are still to be written
 * @param margin that shall stay free beside them
 * @throws DownloadError `diskFull`
 */
export async function checkSpace(file: string, bytes: number, margin: number): Promise<void> {
  const free = await freeBytes(path.dirname(file));
  if (free === undefined || free >= bytes + margin) return;
  throw new DownloadError('diskFull', `${bytes} bytes and ${margin} to spare are needed, ${free} are free`);
}

/** undefined where the file system does not tell, as some network drives do not: then the writing will find out. */
async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize, blocks } = await statfs(folder);
    return blocks === 0 ? undefined : bavail * bsize;
  } catch (error) {
    if (isSystemError(error) && ['ENOSYS', 'ENOTSUP', 'EINVAL', 'EPERM', 'UNKNOWN'].includes(error.code))
      return undefined;
    throw error;
  }
}
