/** Which CUDA runtime this machine has: the driver alone does not run the engine, which links the toolkit's libraries. */
import { constants } from 'node:os';

export type CudaRuntime = 12 | 13;

/**
 * What the engine's CUDA builds import: the driver, and the runtime and cuBLAS of one major version. The engine itself only looks whether such
 * files lie in the usual folders, of versions that it has no build for as well.
 */
const LIBRARIES: Readonly<Partial<Record<NodeJS.Platform, Readonly<Record<CudaRuntime, readonly string[]>>>>> = {
  linux: {
    13: ['libcuda.so.1', 'libcudart.so.13', 'libcublas.so.13'],
    12: ['libcuda.so.1', 'libcudart.so.12', 'libcublas.so.12'],
  },
  win32: {
    13: ['nvcuda.dll', 'cublas64_13.dll'],
    12: ['nvcuda.dll', 'cudart64_12.dll', 'cublas64_12.dll'],
  },
};

/** The newest version whose libraries all load; undefined where CUDA cannot run. */
export function findCudaRuntime(
  platform: NodeJS.Platform = process.platform,
  loads: (library: string) => boolean = canLoad,
): CudaRuntime | undefined {
  const libraries = LIBRARIES[platform];
  if (libraries === undefined) return undefined;
  return ([13, 12] as const).find((version) => libraries[version].every(loads));
}

/** Whether the system's loader finds a shared library, and all that it needs. It may run code of the library: only for a throw-away process. */
export function canLoad(library: string): boolean {
  try {
    process.dlopen({ exports: {} }, library, constants.dlopen?.RTLD_LAZY ?? 1);
    return true;
  } catch (error) {
    // A library that loads is not an addon of Node: that is what Node complains of then.
    return error instanceof Error && error.message.includes('did not self-register');
  }
}
