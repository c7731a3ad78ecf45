/**
 * `node dist/test/bench/typing.cjs [--json]`: types lines of the sample project into the real server at a typist's speed, cancelling as an
 * editor does, and prints how long ghost text takes, what a keystroke costs, and how soon a cancelled request is over.
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import type { LspClient } from '../support/lspClient';
import { root, startServer, uriOf } from '../support/server';

interface Keystroke {
  /** Time to an answer, in milliseconds; undefined when a newer keystroke cancelled it. */
  readonly ms?: number;
  readonly shown: boolean;
}

const files: readonly (readonly [file: string, language: string])[] = [
  ['src/point.ts', 'typescript'],
  ['src/basket.js', 'javascript'],
  ['tools/report.py', 'python'],
  ['service/booking.go', 'go'],
  ['service/Account.java', 'java'],
  ['native/matrix.cpp', 'cpp'],
];
/** Milliseconds between two keystrokes: bursts and pauses, the same in every run. */
const RHYTHM = [90, 110, 80, 130, 70, 160, 95, 120, 240, 85, 105, 75, 420, 100];
const KEYSTROKES_PER_FILE = 150;

async function main(): Promise<void> {
  const started = performance.now();
  const client = await startServer();
  const [file, language] = files[0] ?? ['', ''];
  await client.open(uriOf(file), language, textOf(file));
  await client.complete(uriOf(file), { line: 12, character: 4 });
  const coldStartMs = performance.now() - started;
  const strokes: Keystroke[] = [];
  for (const [name, id] of files) strokes.push(...(await typeFile(client, name, id)));
  const cancelMs = await cancelTimes(client);
  const result = {
    machine: cpus()[0]?.model,
    cores: cpus().length,
    coldStartMs,
    ...summary(client, strokes),
    cancelMs: spread(cancelMs),
    memoryMB: memoryOf(client),
  };
  await client.stop();
  console.log(process.argv.includes('--json') ? JSON.stringify(result) : result);
}

/** Types the second half of a file from its middle on, with the rest of it below the cursor as it was. */
async function typeFile(client: LspClient, file: string, language: string): Promise<Keystroke[]> {
  const uri = `${uriOf(file)}.typed`;
  const lines = textOf(file).split('\n');
  const middle = Math.floor(lines.length / 2);
  const typed = lines.slice(middle).join('\n').slice(0, KEYSTROKES_PER_FILE);
  await client.open(uri, language, [...lines.slice(0, middle), '', '}', ''].join('\n'));
  const strokes: Promise<Keystroke>[] = [];
  let at = { line: middle, character: 0 };
  let cancel = new CancellationTokenSource();
  for (const [index, key] of Array.from(typed).entries()) {
    cancel.cancel();
    cancel = new CancellationTokenSource();
    await client.change(uri, at, at, key);
    at = key === '\n' ? { line: at.line + 1, character: 0 } : { line: at.line, character: at.character + 1 };
    strokes.push(keystroke(client, uri, at, cancel));
    await pause(RHYTHM[index % RHYTHM.length] ?? 100);
  }
  return Promise.all(strokes);
}

async function keystroke(
  client: LspClient,
  uri: string,
  at: { line: number; character: number },
  cancel: CancellationTokenSource,
): Promise<Keystroke> {
  const started = performance.now();
  const item = await client.complete(uri, at, cancel);
  const ms = performance.now() - started;
  return cancel.token.isCancellationRequested && item === undefined
    ? { shown: false }
    : { ms, shown: item !== undefined };
}

/** Cancels requests at different moments of their reading; the answer comes when the engine is idle again. */
async function cancelTimes(client: LspClient): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    const uri = uriOf(`cancel${round}.ts`);
    const text = Array.from(
      { length: 80 },
      (_, n) => `export const v${round}x${n} = make(${n * round}, "${n}");\n`,
    ).join('');
    await client.open(uri, 'typescript', text);
    const cancel = new CancellationTokenSource();
    const running = client.complete(uri, { line: 80, character: 0 }, cancel);
    await pause(60 + round * 23);
    const cancelled = performance.now();
    cancel.cancel();
    await running;
    times.push(performance.now() - cancelled);
  }
  return times;
}

function summary(client: LspClient, strokes: readonly Keystroke[]) {
  const answered = strokes.flatMap(({ ms }) => (ms === undefined ? [] : [ms]));
  const toGhost = strokes.flatMap(({ ms, shown }) => (ms !== undefined && shown ? [ms] : []));
  const costs = client.logs.flatMap((line) => {
    const [, read, reused] = /^completion: .*?(\d+) tokens read, (\d+) reused/.exec(line) ?? [];
    return read === undefined ? [] : [{ read: Number(read), reused: Number(reused) }];
  });
  const read = costs.reduce((sum, each) => sum + each.read, 0);
  const reused = costs.reduce((sum, each) => sum + each.reused, 0);
  return {
    keystrokes: strokes.length,
    answered: answered.length,
    shown: toGhost.length,
    toGhostMs: spread(toGhost),
    answeredMs: spread(answered),
    tokensReadPerKeystroke: round(read / strokes.length),
    reuseShare: round(reused / (reused + read)),
    withoutModel: client.logs.filter((line) => line.includes('typed through')).length,
  };
}

function spread(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  return { p50: at(0.5), p90: at(0.9), max: at(1) };
}

function memoryOf(client: LspClient): number {
  const status = readFileSync(`/proc/${client.process.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

const textOf = (file: string): string => readFileSync(path.join(root, 'test/e2e/sample', file), 'utf8');
const round = (value: number): number => Math.round(value * 100) / 100;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

void main();
