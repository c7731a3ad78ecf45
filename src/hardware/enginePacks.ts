/** The engine's own published packages for GPUs: what there is, how large it is, and where it can be fetched. */
import type { DriversReport } from '../../server/probeProtocol';
import table from './enginePacks.json';
import { GPU_BACKENDS, type GpuBackend, isGpuBackend } from './probeReport';

type CudaRuntime = NonNullable<DriversReport['cudaRuntime']>;

/** One package of the registry. */
export interface PackPart {
  /** With its scope. */
  readonly package: string;
  /** Size of the tarball. */
  readonly packedBytes: number;
  /** Size of its files. */
  readonly unpackedBytes: number;
  /** `sha512-` and base64, as the registry tells: of the tarball. */
  readonly integrity: string;
  /** Needed with that CUDA runtime alone. The first part is always needed. */
  readonly cudaRuntime?: CudaRuntime;
}

/** Binaries of one backend. They are of use only with the engine's JavaScript of the same version. */
export interface EnginePack {
  readonly version: string;
  readonly platform: string;
  readonly arch: string;
  readonly backend: GpuBackend;
  /** The folder in `bins` where the engine looks for them. */
  readonly folder: string;
  readonly parts: readonly PackPart[];
}

/** Version of the engine: the packaged one and all packs. */
export const ENGINE_VERSION: string = table.version;

/** No packaged engine is larger: 33 MB on Linux, 49 on Windows. */
const PACKAGED_BYTES = 50_000_000;

/** Several parts: the first is built for CUDA 13, the second replaces one library of it for CUDA 12. */
export const enginePacks: readonly EnginePack[] = table.packs.map(({ backend, parts, ...pack }) => ({
  ...pack,
  version: table.version,
  backend: checkedBackend(backend),
  parts: parts.map(checkedPart),
}));

/**
 * @param cudaRuntime what the drivers' probe found: leaves out parts that it does not need. Unknown: all parts
 * @returns undefined where none is published
 */
export function packFor(
  platform: string,
  arch: string,
  backend: GpuBackend,
  cudaRuntime?: CudaRuntime,
): EnginePack | undefined {
  const pack = enginePacks.find((each) => each.platform === platform && each.arch === arch && each.backend === backend);
  if (pack === undefined || cudaRuntime === undefined) return pack;
  return {
    ...pack,
    parts: pack.parts.filter((part) => part.cudaRuntime === undefined || part.cudaRuntime === cudaRuntime),
  };
}

/** Packs that could be of use here: the drivers are there and the backend is not. The best first. */
export function packsToOffer(
  platform: string,
  arch: string,
  drivers: DriversReport,
  installed: readonly GpuBackend[],
): EnginePack[] {
  return GPU_BACKENDS.filter((backend) => drivers.backends.includes(backend) && !installed.includes(backend)).flatMap(
    (backend) => packFor(platform, arch, backend, drivers.cudaRuntime) ?? [],
  );
}

export function packedBytes(pack: EnginePack): number {
  return pack.parts.reduce((sum, part) => sum + part.packedBytes, 0);
}

/** With the packaged engine, which is copied beside the binaries. */
export function diskBytes(pack: EnginePack): number {
  return pack.parts.reduce((sum, part) => sum + part.unpackedBytes, PACKAGED_BYTES);
}

/** @param registry for example `https://registry.npmjs.org`, or a mirror of it */
export function packUrl(part: PackPart, registry: string): string {
  const bareName = part.package.slice(part.package.indexOf('/') + 1);
  return `${registry.replace(/\/+$/, '')}/${part.package}/-/${bareName}-${ENGINE_VERSION}.tgz`;
}

function checkedBackend(backend: string): GpuBackend {
  if (!isGpuBackend(backend)) throw new Error(`unknown backend ${backend}`);
  return backend;
}

function checkedPart({ cudaRuntime, ...part }: Omit<PackPart, 'cudaRuntime'> & { cudaRuntime?: number }): PackPart {
  if (cudaRuntime === undefined) return part;
  if (cudaRuntime !== 12 && cudaRuntime !== 13) throw new Error(`${part.package}: unknown CUDA ${cudaRuntime}`);
  return { ...part, cudaRuntime };
}
