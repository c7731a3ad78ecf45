/** Keeps server processes to the files that they need, where the runtime can; and lets go where an engine does not start so. */
import { execFile } from 'node:child_process';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { confinement, type Permissions } from './confinement';
import type { Launch } from './launch';
import type { Memory, ModelFile } from './modelFile';

const FLAGS = ['--permission', '--experimental-permission'] as const;
/** A runtime answers in a tenth of a second; one that does not know the flag ends at once. In milliseconds. */
const PATIENCE_MS = 10_000;
const SCRIPT = "process.stdout.write(String(process.permission?.has('fs.read') === false))";
const NET_FLAG = '--allow-net';

/** What is followed of a process: `ServerProcess` fits. */
export interface Followed {
  readonly model: ModelFile;
  readonly onDidChangeStatus: (listener: (status: Told) => void) => unknown;
  restart(): Promise<void>;
}

interface Told {
  readonly state: string;
  readonly code?: string;
}

export interface ConfineParts {
  /** Path of the bundled server. */
  readonly serverModule: string;
  /** Where a shared process has its socket; undefined where there is none. */
  readonly runtimeFolder?: string;
  readonly memory: Memory;
  readonly log: (line: string) => void;
  /** Runs the server; by default what runs this process. */
  readonly execPath?: string;
}

/**
 * Asks a runtime what it can do, by starting it.
 *
 * @returns undefined where it has no such model
 */
export async function permissionsOf(execPath: string): Promise<Permissions | undefined> {
  for (const flag of FLAGS) {
    if (!(await works(execPath, [flag]))) continue;
    // Where the flag is known the model takes the network away without it.
    return { flag, coversNet: await works(execPath, [flag, NET_FLAG]) };
  }
  return undefined;
}

async function works(execPath: string, flags: readonly string[]): Promise<boolean> {
  try {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const options = { env: { ...env, ELECTRON_RUN_AS_NODE: '1' }, timeout: PATIENCE_MS, windowsHide: true };
    const { stdout } = await promisify(execFile)(execPath, [...flags, '-e', SCRIPT], options);
    return stdout === 'true';
  } catch (error) {
    // It does not know the flag and has ended with a code, or does not answer.
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

export class Confine {
  #asked: Promise<Permissions | undefined> | undefined;
  /** Files of models with which the engine did not start confined: until the editor is started again. */
  readonly #off = new Set<string>();
  /** Files of models that were started confined. */
  readonly #confined = new Set<string>();

  constructor(private readonly parts: ConfineParts) {}

  /** The same plan, with the flags that confine the process. */
  around<T extends Launch>(plan: (modelFile: ModelFile) => Promise<T>): (modelFile: ModelFile) => Promise<T> {
    return async (modelFile) => {
      const launch = await plan(modelFile);
      const execArgv = await this.#flagsFor(modelFile, launch);
      return execArgv === undefined ? launch : { ...launch, execArgv };
    };
  }

  /** Starts a process whose engine fails once more without the flags: completion is worth more than a second wall. The log tells. */
  follow<T extends Followed>(process: T): T {
    process.onDidChangeStatus((status) => {
      const { file } = process.model;
      if (status.state !== 'failed' || status.code !== 'engineFailed' || !this.#confined.delete(file)) return;
      this.#off.add(file);
      this.parts.log('The engine did not start under the permission model; it is started again without.');
      void process.restart();
    });
    return process;
  }

  async #flagsFor({ file }: ModelFile, { adapter, engineFolder }: Launch): Promise<readonly string[] | undefined> {
    if (this.#off.has(file)) return undefined;
    this.#asked ??= this.#ask();
    const permissions = await this.#asked;
    if (permissions === undefined) return undefined;
    const { serverModule, runtimeFolder, log } = this.parts;
    const beside = ['grammars', 'engine'].map((name) => path.join(path.dirname(serverModule), name));
    const named = [serverModule, ...beside, file, adapter, engineFolder].filter((each) => each !== undefined);
    const reads = [...new Set(await Promise.all(named.flatMap((each) => [path.resolve(each), realOf(each)])))];
    const flags = confinement(
      permissions,
      { reads, ...(runtimeFolder === undefined ? {} : { runtimeFolder }) },
      process,
    );
    if (flags === undefined) log('A path has a comma or an asterisk: the server is not confined to its files.');
    else this.#confined.add(file);
    return flags;
  }

  /** Once for each version of the runtime. */
  async #ask(): Promise<Permissions | undefined> {
    const { memory, execPath = process.execPath, log } = this.parts;
    const key = `permissions:${process.version}:${process.versions.electron ?? ''}:${execPath}`;
    const known = memory.get(key);
    if (known === 'none') return undefined;
    const flag = FLAGS.find((each) => known === each || known === `${each} net`);
    if (flag !== undefined) return { flag, coversNet: known === `${flag} net` };
    const found = await permissionsOf(execPath);
    if (found === undefined) log('This runtime has no permission model: the server is not confined to its files.');
    await memory.update(key, found === undefined ? 'none' : `${found.flag}${found.coversNet ? ' net' : ''}`);
    return found;
  }
}

/** Node asks of a path as it is given and, of modules, of the one that links lead to. What is not there stays as it is. */
async function realOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return path.resolve(file);
    throw error;
  }
}
