/** Starts programs so that what they ask of the network is seen: by their system calls, or where these cannot be watched by a guard in Node. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Started } from './lspClient';
import { root } from './server';

const run = promisify(execFile);
/** For `apt-get` on a slow line, in milliseconds. */
const INSTALL_MS = 300_000;

/** How `LspClient.start` and `fork` start a program so. */
export type How = Required<Pick<Started, 'execPath' | 'execArgv' | 'env'>>;

export interface Watch {
  readonly name: 'strace' | 'guard';
  how(file: string, execArgv: readonly string[]): How;
}

const STRACE: Watch = {
  name: 'strace',
  how: (file, execArgv) => ({
    execPath: 'strace',
    execArgv: ['-f', '-qq', '-s', '0', '-e', 'trace=network', '-o', file, process.execPath, ...execArgv],
    env: {},
  }),
};

const GUARD: Watch = {
  name: 'guard',
  how: (file, execArgv) => ({
    execPath: process.execPath,
    execArgv: ['--require', path.join(root, 'dist/test/support/guardServer.cjs'), ...execArgv],
    env: { GUARD_FILE: file },
  }),
};

/** Whether a program runs and ends well. */
export async function works(program: string, args: readonly string[], ms = 20_000): Promise<boolean> {
  try {
    await run(program, [...args], { timeout: ms });
    return true;
  } catch (error) {
    // It is not there, may not do it here, or did not end.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Installs strace where it lacks and that is possible, as the end-to-end tests do with their browser. */
export async function watch(): Promise<Watch> {
  const traces = (): Promise<boolean> => works('strace', ['-qq', '-e', 'trace=network', '-o', '/dev/null', 'true']);
  if (process.platform !== 'linux') return GUARD;
  if (await traces()) return STRACE;
  if (process.getuid?.() === 0 && (await works('apt-get', ['update', '-qq'], INSTALL_MS)))
    await works('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'strace'], INSTALL_MS);
  return (await traces()) ? STRACE : GUARD;
}

/** What was asked of any network, with local sockets left out: calls with another family than AF_UNIX. */
export async function asked(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').filter((line) => /\b(AF|PF)_(?!UNIX\b|LOCAL\b|UNSPEC\b)\w+/.test(line));
}

/** Calls of any kind that were seen: none at all would mean that nobody has looked. */
export async function seen(file: string): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => /^\d+\s+\w+\(/.test(line)).length;
}
