/** Runs a probe in a process of its own. Whatever becomes of that process, the answer is one to show. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { ProbeReport } from '../../server/probeProtocol';
import { type GpuBackend, isGpuBackend, parseReport, reasonIn } from './probeReport';

/** What a look at the machine asks for. */
export type Probed = 'drivers' | GpuBackend;

/**
 * `crashed`: the process died, which a broken driver does. `timedOut`: it was ended. `garbage`: it ended well and said nothing to understand.
 * `failed`: it said why it cannot.
 */
export type ProbeFailure = 'crashed' | 'timedOut' | 'garbage' | 'failed';

export type ProbeOutcome =
  | { readonly ok: true; readonly report: ProbeReport }
  /** `detail` is for the log and the report, in the words of the driver or the system. */
  | { readonly ok: false; readonly reason: ProbeFailure; readonly detail: string };

export interface ProbeProgram {
  /** Path of the probe's bundle. */
  readonly file: string;
  /** Laid out as `dist/engine`; undefined: the engine in the package. */
  readonly engineFolder?: string;
  /** Runs the bundle; by default what runs this process. */
  readonly execPath?: string;
  /** By default long enough for the system's own tools, and for a driver that starts for the first time. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = { system: 20_000, backend: 60_000 } as const;
/** After the end of the process its streams may still hold what it said. */
const LAST_WORDS_MS = 500;
/** So much is kept of each stream, in UTF-16 code units. */
const MOST_OUTPUT = 1 << 18;

/** @throws the signal's reason when it is aborted; nothing else */
export async function probe(
  probed: Probed | 'battery',
  program: ProbeProgram,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  signal.throwIfAborted();
  const { file, engineFolder, execPath = process.execPath } = program;
  const args = [file, `--probe=${probed}`, ...(engineFolder === undefined ? [] : [`--engine=${engineFolder}`])];
  const timeoutMs = program.timeoutMs ?? TIMEOUT_MS[isGpuBackend(probed) ? 'backend' : 'system'];
  const child = spawn(execPath, args, {
    // Not the editor's current folder, which may be a stranger's project: engines look for libraries in it, and Windows for programs.
    cwd: path.dirname(file),
    env: probeEnv(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const end = await ended(child, timeoutMs, signal);
  signal.throwIfAborted();
  return outcomeOf(end, probed, timeoutMs);
}

/** What `survey` and the saving of power ask for. @param file path of the probe's bundle */
export function proberOf(file: string) {
  return (probed: Probed | 'battery', engineFolder: string | undefined, signal: AbortSignal): Promise<ProbeOutcome> =>
    probe(probed, { file, ...(engineFolder === undefined ? {} : { engineFolder }) }, signal);
}

/** The editor's binary runs as plain Node, and takes no options meant for other processes. */
export function probeEnv(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...rest } = inherited;
  return { ...rest, ELECTRON_RUN_AS_NODE: '1', UV_THREADPOOL_SIZE: '1' };
}

interface Ended {
  readonly how: 'exit' | 'timeout' | 'abort' | Error;
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Settles soon after the process is over or given up: what it started itself may keep its streams open for longer. */
function ended(child: ChildProcess, timeoutMs: number, signal: AbortSignal): Promise<Ended> {
  const output = tailOf(child.stdout);
  const errors = tailOf(child.stderr);
  return new Promise((resolve) => {
    const finish = (how: Ended['how'], code: number | null = null, killedBy: NodeJS.Signals | null = null): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (how !== 'exit') child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve({ how, code, killedBy, output: output(), errors: errors() });
    };
    const abort = (): void => finish('abort');
    let timer = setTimeout(() => finish('timeout'), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    child.on('error', finish);
    child.once('close', (code, killedBy) => finish('exit', code, killedBy));
    child.once('exit', (code, killedBy) => {
      clearTimeout(timer);
      timer = setTimeout(() => finish('exit', code, killedBy), LAST_WORDS_MS);
    });
  });
}

function tailOf(stream: ChildProcess['stdout']): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-MOST_OUTPUT);
  });
  return () => text;
}

/** A whole report counts even where the process died afterwards: drivers crash at the end as well, when nothing depends on it. */
function outcomeOf(
  { how, code, killedBy, output, errors }: Ended,
  probed: Probed | 'battery',
  timeoutMs: number,
): ProbeOutcome {
  const report = parseReport(output, probed);
  if (report !== undefined) return { ok: true, report };
  const said = reasonIn(errors);
  if (how instanceof Error) return { ok: false, reason: 'failed', detail: how.message };
  if (how === 'timeout') return { ok: false, reason: 'timedOut', detail: said || `${timeoutMs} ms` };
  if (code === 0) return { ok: false, reason: 'garbage', detail: output.trim().slice(0, 200) };
  // 1 is the probe's own word; Windows tells a crash by a large number.
  if (code === 1) return { ok: false, reason: 'failed', detail: said };
  return {
    ok: false,
    reason: 'crashed',
    detail: [killedBy ?? `0x${(code ?? 0).toString(16)}`, said].filter(Boolean).join(': '),
  };
}
