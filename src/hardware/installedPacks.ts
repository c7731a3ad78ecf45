/** The engines that were fetched, as they lie on disk: one folder each, named by version and backend. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { namesIn, removeFolder } from './folders';
import { GPU_BACKENDS, type GpuBackend } from './probeReport';
import type { GpuEngine } from './survey';

/** Part of the names of folders that are not in their place yet. */
export const PARTIAL = '.partial-';

/** An installation that takes longer has died. */
const STALE_MS = 24 * 60 * 60_000;
/** Without these two the engine does not look at the rest. */
const NEEDED = ['llama-addon.node', '_nlcBuildMetadata.json'];

export interface InstalledPack {
  readonly backend: GpuBackend;
  /** Laid out as `dist/engine`. */
  readonly folder: string;
}

export function packFolder(into: string, version: string, backend: GpuBackend): string {
  return path.join(into, `${version}-${backend}`);
}

/** @param version of the engine; packs of others are not told */
export async function installedPacks(into: string, version: string): Promise<InstalledPack[]> {
  const found: InstalledPack[] = [];
  for (const backend of GPU_BACKENDS) {
    const folder = packFolder(into, version, backend);
    if (await isWholePack(folder, backend)) found.push({ backend, folder });
  }
  return found;
}

/**
 * All engines that can open a GPU: those fetched, and what the package has of its own (Metal on Apple silicon).
 *
 * @param packaged the packaged engine: `dist/engine`
 */
export async function gpuEngines(packaged: string, into: string, version: string): Promise<GpuEngine[]> {
  const engines: GpuEngine[] = await installedPacks(into, version);
  for (const backend of GPU_BACKENDS)
    if (!engines.some((each) => each.backend === backend) && (await isWholePack(packaged, backend)))
      engines.push({ backend });
  return engines;
}

/** Whether an engine's folder has the binaries of a backend. */
export async function isWholePack(folder: string, backend: GpuBackend): Promise<boolean> {
  for (const name of await namesIn(path.join(folder, 'bins'))) {
    if (!name.endsWith(`-${backend}`)) continue;
    const files = await namesIn(path.join(folder, 'bins', name));
    if (NEEDED.every((file) => files.includes(file))) return true;
  }
  return false;
}

/** @returns false when it is in use */
export async function removePack(into: string, version: string, backend: GpuBackend): Promise<boolean> {
  return removeFolder(packFolder(into, version, backend));
}

/**
 * Removes packs of other versions and what broken installations left. What is in use and cannot be removed stays for the next time.
 *
 * @returns names of the folders that are gone
 */
export async function removeOtherPacks(into: string, version: string, now = Date.now()): Promise<string[]> {
  const current = GPU_BACKENDS.map((backend) => `${version}-${backend}`);
  const gone: string[] = [];
  for (const name of await namesIn(into)) {
    if (!isPackName(name) || current.includes(name)) continue;
    const folder = path.join(into, name);
    if (name.includes(PARTIAL) && now - (await stat(folder)).mtimeMs < STALE_MS) continue;
    if (await removeFolder(folder)) gone.push(name);
  }
  return gone;
}

/** Other things in the folder are not ours to remove. */
function isPackName(name: string): boolean {
  return GPU_BACKENDS.some((backend) => new RegExp(`^\\d[\\w.-]*-${backend}($|\\.)`).test(name));
}
