/** Loads the engine's JavaScript: from the folder beside the bundle, or from one that was fetched with another backend's binaries. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export type EngineModule = typeof import('node-llama-cpp');

/**
 * @param folder laid out as `dist/engine`; undefined: the engine in the package (`esbuild.mjs` points this import at it)
 * @throws Error when the folder holds no engine
 */
export async function loadEngineModule(folder?: string): Promise<EngineModule> {
  if (folder === undefined) return import('node-llama-cpp');
  // The engine finds its binaries by its own place on disk: its module decides which of them are used.
  const file = path.resolve(folder, 'dist', 'index.mjs');
  const loaded: unknown = await import(pathToFileURL(file).href);
  if (!isEngine(loaded)) throw new Error(`${file} is not an engine`);
  return loaded;
}

function isEngine(loaded: unknown): loaded is EngineModule {
  return typeof loaded === 'object' && loaded !== null && 'getLlama' in loaded && 'getLlamaGpuTypes' in loaded;
}
