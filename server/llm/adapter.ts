/** A look at an adapter before the engine gets it. Whether it fits the model the engine finds out: it compares architecture and shapes. */
import { open } from 'node:fs/promises';
import { UserError } from '../errors';
import { isGguf } from './gguf';

/** @throws UserError `adapterMissing` when it cannot be read, `adapterUnfit` when it is no GGUF file */
export async function checkAdapterFile(file: string): Promise<void> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new UserError('adapterMissing', `${file}: ${error.code ?? error.message}`);
  });
  try {
    const isFile = (await handle.stat()).isFile();
    if (!isFile || !(await isGguf(handle))) throw new UserError('adapterUnfit', `${file} is not a GGUF file`);
  } finally {
    await handle.close();
  }
}
