/** The server's command line: the other end of `src/client/launch.ts`. Bad values never stop a start: the default or the nearest bound does. */
import { parseArgs } from 'node:util';
import type { LlamaOptions } from './llm/options';

export interface CommandLine {
  readonly options: Omit<LlamaOptions, 'log'>;
  /** 0 never. */
  readonly unloadAfterMinutes: number;
  /** What was not understood, a sentence each, for the log. */
  readonly warnings: readonly string[];
}

/** The least context that leaves room for a suggestion and what stands around it, in tokens. */
const LEAST_CONTEXT = 512;
const MOST_CONTEXT = 1 << 20;
const MOST_THREADS = 1024;
/** A week. */
const MOST_MINUTES = 7 * 24 * 60;

/** @param args without the program; what is not known here is left to the transport */
export function readCommandLine(args: readonly string[]): CommandLine {
  const flags = new Flags(args);
  const bytes = flags.number('bytes', { fallback: 0, least: 0 });
  const engineFolder = flags.text('engine');
  const adapter = flags.text('adapter');
  const contextSize = { fallback: 0, orZero: true, least: LEAST_CONTEXT, most: MOST_CONTEXT, whole: true };
  const options = {
    job: flags.oneOf('job', ['completion', 'chat', 'embedding']),
    file: flags.text('model') ?? '',
    name: flags.text('name') ?? 'model',
    ...(bytes > 0 ? { bytes } : {}),
    layout: flags.oneOf('layout', ['psm', 'spm', 'suffixFirst']),
    backend: flags.oneOf('backend', ['auto', 'cpu', 'metal', 'cuda', 'vulkan']),
    threads: flags.number('threads', { fallback: 0, least: 0, most: MOST_THREADS, whole: true }),
    gpuLayers: flags.number('gpuLayers', { fallback: -1, least: -1, most: 100_000, whole: true }),
    contextSize: flags.number('contextSize', contextSize),
    trainedOn: flags.number('trainedOn', { fallback: 0, least: 0, whole: true }),
    flashAttention: flags.oneOf('flashAttention', ['auto', 'on', 'off']),
    kvCacheType: flags.oneOf('kvCacheType', ['auto', 'f16', 'q8_0']),
    memoryLock: flags.oneOf('memoryLock', ['false', 'true']) === 'true',
    ...(engineFolder === undefined ? {} : { engineFolder }),
    ...(adapter === undefined ? {} : { adapter }),
  };
  const unloadAfterMinutes = flags.number('unloadAfterMinutes', { fallback: 0, least: 0, most: MOST_MINUTES });
  return { options, unloadAfterMinutes, warnings: flags.warnings };
}

interface Bounds {
  readonly fallback: number;
  /** Whether 0 may be given, although it is less than the least. */
  readonly orZero?: boolean;
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** `--name=value` flags, the last of each name. */
class Flags {
  readonly warnings: string[] = [];
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(args: readonly string[]) {
    // Not strict: the transport's own flags (--node-ipc, --stdio, --pipe) are read by createConnection.
    this.#values = parseArgs({ args: args.filter((each) => each.startsWith('--')), strict: false }).values;
  }

  /** undefined when it is absent or empty. */
  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  number(name: string, { fallback, orZero, least, most = Number.MAX_SAFE_INTEGER, whole }: Bounds): number {
    const text = this.#values[name];
    if (text === undefined) return fallback;
    const value = typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
    if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return this.#instead(name, text, fallback);
    if (orZero && value === 0) return 0;
    const bounded = Math.min(most, Math.max(least, value));
    return bounded === value ? value : this.#instead(name, text, bounded);
  }

  /** @param allowed the first is the default */
  oneOf<const T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const text = this.#values[name];
    if (text === undefined) return allowed[0];
    return allowed.find((each) => each === text) ?? this.#instead(name, text, allowed[0]);
  }

  #instead<T>(name: string, given: unknown, taken: T): T {
    this.warnings.push(`--${name}=${String(given)} cannot be; ${String(taken)} is taken instead.`);
    return taken;
  }
}
