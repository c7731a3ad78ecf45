/**
 * With which flags Node's permission model keeps a server process to the files that it needs (nodejs.org/api/permissions.html). Pure.
 * JavaScript is bound by it: no other file, no program, no worker, and, where the runtime knows of it, no network. Native code is not.
 */
/** What the runtime that starts servers can do. */
export interface Permissions {
  /** The flag that turns the model on; it was an experiment before Node 22.13 and 23.5. */
  readonly flag: '--permission' | '--experimental-permission';
  /** Whether it takes the network away as well, local sockets with it: so does Node 25. */
  readonly coversNet: boolean;
}

/** What one server process needs. All paths are absolute. */
export interface Needs {
  /** Files and folders; a folder stands for all that is in it. */
  readonly reads: readonly string[];
  /** Where its socket stands: the one folder that it may write to. */
  readonly runtimeFolder?: string;
}

export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Flags for the start of the process.
 *
 * @returns undefined where a path cannot be told by a flag: `,` and `*` have a meaning of their own in one
 */
export function confinement(
  { flag, coversNet }: Permissions,
  { reads, runtimeFolder }: Needs,
  system: System,
): readonly string[] | undefined {
  const own = [...reads, ...(runtimeFolder === undefined ? [] : [runtimeFolder])];
  if (own.some((each) => !canBeTold(each))) return undefined;
  return [
    flag,
    '--allow-addons',
    // Node warns of the flag before at each start; what it warns of stands in SECURITY.md.
    '--no-warnings',
    // Else Node looks at each folder above a module for links, and may not.
    '--preserve-symlinks',
    '--preserve-symlinks-main',
    ...[...own, ...systemFolders(system)].map((each) => `--allow-fs-read=${each}`),
    ...(runtimeFolder === undefined ? [] : [`--allow-fs-write=${runtimeFolder}`]),
    ...(coversNet && runtimeFolder !== undefined ? ['--allow-net'] : []),
  ];
}

const canBeTold = (file: string): boolean => !/[,*]/.test(file);

/** Where the engine looks for the system's C library and the drivers of graphics cards, before it loads its own binaries. */
function systemFolders({ platform, env }: System): readonly string[] {
  const { CUDA_PATH = '', SystemRoot = 'C:\\Windows' } = env;
  const cuda = CUDA_PATH === '' || !canBeTold(CUDA_PATH) ? [] : [CUDA_PATH];
  if (platform === 'darwin') return ['/usr/lib', '/System/Library'];
  if (platform === 'win32') return [`${SystemRoot}\\System32`, ...cuda];
  return [
    ...['/lib', '/lib64', '/usr/lib', '/usr/lib64', '/usr/local/lib', '/usr/local/cuda', ...cuda],
    ...['/nix/store', '/gnu/store', '/etc/os-release', '/proc/self/maps'],
  ];
}
