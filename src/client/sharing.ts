/** How windows of one user find the process that they share. Pure: what is found is done by `sharedEngine.ts`. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { parseJson } from '../json';
import { serverEnv } from './launch';

/** The environment variable that holds the key: command lines can be read by all. The server's end is `server/shared/serveWindows.ts`. */
const KEY = 'MINNOW_KEY';

/** Age at which the lock of a window that starts or joins a process counts as left behind, in milliseconds. */
export const LOCK_STALE_MS = 10_000;

/** A file as it is now. */
export interface Fingerprint {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  readonly mtimeMs: number;
}

/** What is started. */
export interface Command {
  /** Path of the bundled server. */
  readonly module: string;
  readonly args: readonly string[];
  /** For node itself. */
  readonly execArgv: readonly string[];
}

/** A running process, as the file says that the windows find it by. */
export interface Description {
  readonly pid: number;
  /** Path of the socket, or name of the pipe. */
  readonly pipe: string;
  readonly key: string;
}

/**
 * The name of all that does the same: windows share a process where nothing in here differs.
 *
 * @param files the server's bundle, which stands for the version, the model, and the program that runs it: an editor's update brings another
 */
export function identityOf({ module, args, execArgv }: Command, files: readonly Fingerprint[]): string {
  const facts = files.map(({ file, size, mtimeMs }) => [file, size, mtimeMs]);
  return createHash('sha256')
    .update(JSON.stringify([module, args, execArgv, facts]))
    .digest('hex')
    .slice(0, 16);
}

/** Where the windows of a user find each other: with a person's own runtime folder where the system has one. */
export function runtimeFolder(env: NodeJS.ProcessEnv, temporary: string, user: string | number): string {
  const { XDG_RUNTIME_DIR: own } = env;
  return path.join(own !== undefined && path.isAbsolute(own) ? own : temporary, `minnow-${user}`);
}

/** What of a file's status tells whose it is. */
export interface Owned {
  isDirectory(): boolean;
  readonly uid: number;
  readonly mode: number;
}

/** @param uid undefined on Windows, where a person's temporary folder is closed to others by itself. @returns what speaks against it */
export function folderFlaw(stat: Owned, uid: number | undefined): string | undefined {
  if (!stat.isDirectory()) return 'is no folder';
  if (uid === undefined) return undefined;
  if (stat.uid !== uid) return 'belongs to another user';
  return (stat.mode & 0o077) === 0 ? undefined : 'is open to other users';
}

/** The shortest limit among the systems (macOS): 104 bytes with the zero at the end. */
const LONGEST_SOCKET_PATH = 103;

/** @param random in hex, so that nobody can wait there. @returns undefined where the system takes no name that is so long */
export function pipeIn(folder: string, random: string, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32') return `\\\\.\\pipe\\minnow-${random}`;
  const socket = path.join(folder, `${random}.sock`);
  return Buffer.byteLength(socket) > LONGEST_SOCKET_PATH ? undefined : socket;
}

/** @returns undefined for what no window has written */
export function readDescription(text: string): Description | undefined {
  const found = parseJson(text);
  if (typeof found !== 'object' || found === null || !('pid' in found && 'pipe' in found && 'key' in found)) return;
  const { pid, pipe, key } = found;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 1) return;
  if (typeof pipe !== 'string' || typeof key !== 'string' || !/^[0-9a-f]{64}$/.test(key)) return;
  return { pid, pipe, key };
}

/** Variables of the editor's own process that would make another program of its child. */
const FOREIGN = /^(NODE_|VSCODE_|ELECTRON_)/i;

/**
 * How a process of one window is started. Not in the folder of the workspace, where the library would: engines look for their libraries in the
 * current folder before they ask the system for them, and a stranger's project must not be what they find.
 */
export function ownOptions({ module, execArgv }: Command, env: NodeJS.ProcessEnv) {
  return { cwd: path.dirname(module), env: childEnv(env), execArgv: [...execArgv] };
}

/** The environment of a server process; what is undefined it does not have. Drivers of graphics cards need the rest. */
export function childEnv(env: NodeJS.ProcessEnv, key?: string): NodeJS.ProcessEnv {
  const foreign = Object.keys(env).filter((name) => FOREIGN.test(name));
  return {
    ...env,
    ...Object.fromEntries(foreign.map((name) => [name, undefined])),
    // The editor's program is node when it is told so.
    ELECTRON_RUN_AS_NODE: '1',
    ELECTRON_NO_ASAR: '1',
    ...serverEnv,
    ...(key === undefined ? {} : { [KEY]: key }),
  };
}
