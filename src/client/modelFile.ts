/** Where model files lie, and whether they are what the catalog says. */
import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Model } from '../../models/catalog';

export interface ModelFile {
  readonly model: Model;
  readonly file: string;
}

/** What is kept of past checks; the editor's own key-value store fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/**
 * Where downloads go.
 *
 * @param wished the setting: `~` is the person's own folder, and so is what a path without a beginning begins with; '' is `own`.
 *   Settings are the same on all machines of a person: a path of Windows elsewhere is none
 */
export function modelFolder(wished: string, own: string, home = os.homedir()): string {
  const text = wished.trim();
  const isForeign = path.win32.isAbsolute(text) && !path.isAbsolute(text);
  return text === '' || isForeign ? own : path.resolve(home, text.replace(/^~(?=$|[/\\])/, '.'));
}

/** The model that came in the package. */
export function packagedModel(extensionPath: string, model: Model): ModelFile {
  return { model, file: path.join(extensionPath, 'models', model.file) };
}

/**
 * Compares size and, where one is known, SHA-256 with what the model is known by. The hash is taken once for a file and again when the file
 * has changed. `modelUnreadable`: the system does not let it be read.
 *
 * @returns undefined when all is well
 */
export async function checkModelFile(
  { model, file }: ModelFile,
  memory: Memory,
): Promise<'modelMissing' | 'modelDamaged' | 'modelUnreadable' | undefined> {
  try {
    const found = await stat(file);
    const { size } = found;
    if (size !== model.bytes && model.isRounded !== true) return 'modelDamaged';
    if (model.sha256 === null) return undefined;
    const fingerprint = fingerprintOf(model.sha256, found);
    if (memory.get(keyOf(file)) === fingerprint) return undefined;
    if ((await sha256(file)) !== model.sha256) return 'modelDamaged';
    await memory.update(keyOf(file), fingerprint);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error;
    // It may go, or its disk may, while it is read as well.
    return error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'modelMissing' : 'modelUnreadable';
  }
}

/** Remembers that the file was just compared with this SHA-256, so that it is not read again for that. */
export async function noteChecked(file: string, sha256: string, memory: Memory): Promise<void> {
  await memory.update(keyOf(file), fingerprintOf(sha256, await stat(file)));
}

/** The time of the last change of any kind cannot be set back, as that of the content can; another file of the same name has another number. */
const fingerprintOf = (sha256: string, { size, mtimeMs, ctimeMs, ino }: Stats): string =>
  `${sha256} ${size} ${mtimeMs} ${ctimeMs} ${ino}`;

const keyOf = (file: string): string => `verified:${file}`;

/** Lower-case hex. */
export async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) hash.update(chunk);
  return hash.digest('hex');
}
