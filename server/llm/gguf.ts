/** A look at a model file before the engine gets it: the engine's own errors for broken files do not tell what is wrong. */
import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../errors';

const MAGIC = 'GGUF';

/**
 * @param expectedBytes the size that the catalog gives, if it is known
 * @throws UserError `modelMissing` or `modelDamaged`
 */
export async function checkModelFile(file: string, expectedBytes?: number): Promise<void> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new UserError('modelMissing', `${file}: ${error.code ?? error.message}`);
  });
  try {
    const { size } = await handle.stat();
    if (expectedBytes !== undefined && size !== expectedBytes)
      throw new UserError('modelDamaged', `${file} has ${size} bytes, not ${expectedBytes}`);
    if (!(await isGguf(handle))) throw new UserError('modelDamaged', `${file} is not a GGUF file`);
  } finally {
    await handle.close();
  }
}

/** True when the file begins as one. */
export async function isGguf(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
  return buffer.toString('latin1', 0, bytesRead) === MAGIC;
}
