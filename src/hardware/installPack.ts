/** Makes a whole engine of a fetched pack: the packaged engine's files with the pack's binaries beside its own. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { diskBytes, type EnginePack, type PackPart } from './enginePacks';
import { codeOf, removeFolder, renameWhenFree, takeAway } from './folders';
import { isWholePack, PARTIAL, packFolder } from './installedPacks';
import { isRecord } from './probeReport';

/**
 * `packDamaged`: not the file that was published, or one that no pack may be. `packIncomplete`: no engine in it. `engineMissing`: the packaged
 * engine is not there or of another version. `packInUse`: a server runs with the same pack, and the system does not let it be replaced.
 */
export type PackFailure =
  | 'packDamaged'
  | 'packIncomplete'
  | 'engineMissing'
  | 'diskFull'
  | 'folderNotWritable'
  | 'packInUse';

export class PackError extends Error {
  constructor(
    readonly code: PackFailure,
    detail: string,
  ) {
    super(detail);
    this.name = 'PackError';
  }
}

export interface PackPlaces {
  /** Tarballs of the pack's parts, in their order. They stay where they are. */
  readonly from: readonly string[];
  /** The packaged engine: `dist/engine`. */
  readonly engineFolder: string;
  /** Where packs are kept; made where it is not there. */
  readonly into: string;
}

/** What of the packaged engine every engine needs. Its binaries are the processor's: a pack alone does not run without a GPU. */
const ENGINE_FILES = ['package.json', 'LICENSE', 'dist', 'llama', 'bins'];

/**
 * The pack appears whole in its place or not at all; one that was there before is replaced.
 *
 * @returns the folder, laid out as `dist/engine`
 * @throws PackError; the signal's reason when it is aborted
 */
export async function installPack(pack: EnginePack, places: PackPlaces, signal: AbortSignal): Promise<string> {
  const { from, engineFolder, into } = places;
  if (from.length !== pack.parts.length) throw new Error(`${pack.parts.length} tarballs wanted, ${from.length} given`);
  const target = packFolder(into, pack.version, pack.backend);
  let partial: string | undefined;
  try {
    for (const [index, part] of pack.parts.entries()) await verify(part, from[index] ?? '', signal);
    await checkEngine(engineFolder, pack.version);
    await mkdir(into, { recursive: true });
    await checkRoom(into, diskBytes(pack));
    partial = await mkdtemp(`${target}${PARTIAL}`);
    for (const file of ENGINE_FILES)
      await cp(path.join(engineFolder, file), path.join(partial, file), {
        recursive: true,
        filter: () => !signal.aborted,
      });
    for (const file of from) await unpack(file, pack.folder, partial, signal);
    signal.throwIfAborted();
    if (!(await isWholePack(partial, pack.backend))) throw new PackError('packIncomplete', pack.folder);
    await moveInPlace(partial, target);
    return target;
  } catch (error) {
    throw explained(error, signal);
  } finally {
    if (partial !== undefined) await rm(partial, { recursive: true, force: true });
  }
}

async function verify({ integrity, packedBytes }: PackPart, file: string, signal: AbortSignal): Promise<void> {
  const { size } = await stat(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw new PackError('packDamaged', `${file} is not there`);
    throw error;
  });
  if (size !== packedBytes) throw new PackError('packDamaged', `${file} has ${size} bytes, not ${packedBytes}`);
  const hash = createHash('sha512');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), hash, { signal });
  if (`sha512-${hash.digest('base64')}` !== integrity)
    throw new PackError('packDamaged', `${file} has another SHA-512`);
}

/** Binaries run only with JavaScript of their own version. */
async function checkEngine(engineFolder: string, version: string): Promise<void> {
  const missing = ENGINE_FILES.filter((file) => !existsSync(path.join(engineFolder, file)));
  if (missing.length > 0) throw new PackError('engineMissing', `${engineFolder} has no ${missing.join(', ')}`);
  const found: unknown = JSON.parse(await readFile(path.join(engineFolder, 'package.json'), 'utf8'));
  if (!isRecord(found) || found.version !== version)
    throw new PackError('engineMissing', `${engineFolder} has not version ${version}`);
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes) throw new PackError('diskFull', `${bavail * bsize} of ${bytes} bytes are free`);
}

/** Takes files of the binaries' folder and nothing else. A link, or a path that leads elsewhere, is in no pack that was published. */
async function unpack(file: string, folder: string, into: string, signal: AbortSignal): Promise<void> {
  const wanted = new RegExp(`^package/bins/${folder}/(fallback/)?[\\w.-]+$`);
  const refused: string[] = [];
  const { extract } = await import('tar');
  await extract({
    file,
    cwd: into,
    strip: 1,
    strict: true,
    noMtime: true,
    filter: (name, entry) => {
      const type = 'type' in entry ? entry.type : '';
      if (!/^package\//.test(name) || /(^|[\\/])\.\.([\\/]|$)/.test(name) || !/^(File|OldFile|Directory)$/.test(type))
        refused.push(`${type} ${name}`);
      return refused.length === 0 && !signal.aborted && wanted.test(name) && !/\.(lib|exp)$/.test(name);
    },
  });
  signal.throwIfAborted();
  if (refused.length > 0) throw new PackError('packDamaged', `${file} holds ${refused.join(', ')}`);
}

async function moveInPlace(partial: string, target: string): Promise<void> {
  const before = await takeAway(target);
  if (before === 'inUse') throw new PackError('packInUse', target);
  try {
    await renameWhenFree(partial, target);
  } catch (error) {
    if (before !== 'absent') await renameWhenFree(before.now, target);
    throw error;
  }
  if (before !== 'absent') await removeFolder(before.now);
}

const NOT_WRITABLE = ['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOENT', 'ENOTDIR'];

/** Errors of the file system and of the archive become ours. */
function explained(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof PackError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new PackError('diskFull', error.message);
  if (NOT_WRITABLE.includes(code)) return new PackError('folderNotWritable', error.message);
  if (/^TAR_|^Z_|^ERR_ZLIB/.test(code)) return new PackError('packDamaged', error.message);
  if (error instanceof SyntaxError) return new PackError('engineMissing', error.message);
  return error;
}
