/** What can be told of a server process from outside: its log lines, its memory and its work. */
import { readFileSync } from 'node:fs';
import type { LspClient } from '../../support/lspClient';

/** One answered request, as the server's log tells it. */
export interface Answer {
  /** How it came about: `model`, or why the model was not asked. */
  readonly origin: string;
  /** Time in the server, and of it in the engine, in milliseconds. */
  readonly ms: number;
  readonly engineMs: number;
  /** Tokens of the prompt that were evaluated, found in the KV cache, and then written. */
  readonly read: number;
  readonly reused: number;
  readonly written: number;
}

const ANSWER =
  /^completion: ([^,]+), ([\d.]+) ms \(engine ([\d.]+) ms\), (\d+) tokens read, (\d+) reused, (\d+) written/;

export function answersIn(lines: readonly string[]): Answer[] {
  return lines.flatMap((line) => {
    const numbers = ANSWER.exec(line);
    if (numbers === null) return [];
    const [origin = '', ...rest] = numbers.slice(1);
    const [ms = 0, engineMs = 0, read = 0, reused = 0, written = 0] = rest.map(Number);
    return [{ origin, ms, engineMs, read, reused, written }];
  });
}

/** Resident memory in megabytes; undefined where the system does not tell it so. */
export function memoryOf(client: LspClient): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(proc(client, 'status') ?? '')?.[1];
  return kilobytes === undefined ? undefined : Math.round(Number(kilobytes) / 1024);
}

/** Processor time since the process began, in milliseconds. */
export function processorTimeOf(client: LspClient): number | undefined {
  // Behind the name in brackets come state, parent and so on; user and system time are the 12th and 13th, in hundredths of a second.
  const fields = proc(client, 'stat')
    ?.replace(/^.*\) /, '')
    .split(' ');
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) * 10;
}

function proc(client: LspClient, file: string): string | undefined {
  return process.platform === 'linux' ? readFileSync(`/proc/${client.process.pid}/${file}`, 'utf8') : undefined;
}
