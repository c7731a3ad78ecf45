/**
 * `node dist/test/bench/typing.cjs [--keystrokes=300] [--seed=1] [--session=FILE] [--save=FILE] [--fast] [--json]`: replays typing against
 * the real server at real speed: the sessions in `test/fixtures/sessions` and one made by seed, or the one in FILE. It prints how long ghost
 * text takes, what a keystroke costs, and how soon a cancelled request is over. At the end the server's text of every document must be the
 * one that was typed; if not, it exits with 1. `--fast` leaves the pauses out, to replay very many keystrokes (10,000 unless told) for that
 * comparison alone. `--save` writes the session made by seed.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { FIM_LAYOUTS } from '../../models/catalog';
import { IdleRequest } from '../../server/protocol';
import type { LspClient } from '../support/lspClient';
import { embedded, root, startServer, uriOf } from '../support/server';
import { generate } from './lib/generate';
import { type Machine, machine, printedMachine } from './lib/machine';
import { type Keystroke, Replayer } from './lib/replay';
import { answersIn, memoryOf, processorTimeOf } from './lib/server';
import { readSession, type Session } from './lib/session';
import { sourceFiles } from './lib/sourceFiles';
import { printedSpread, round, spread } from './lib/spread';
import { percent } from './lib/table';

const { values } = parseArgs({
  options: {
    keystrokes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    session: { type: 'string' },
    save: { type: 'string' },
    fast: { type: 'boolean', default: false },
    layout: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const keystrokes = Number(values.keystrokes ?? (values.fast ? 10_000 : 300));

async function main(): Promise<void> {
  const started = performance.now();
  const fim = FIM_LAYOUTS.find((each) => each === values.layout) ?? embedded.model.fim;
  const client = await startServer({ modelFile: { ...embedded, model: { ...embedded.model, fim } } });
  const coldStartMs = await coldStart(client, started);
  const sessions = sessionsToReplay();
  const before = { lines: client.logs.length, processorMs: processorTimeOf(client) };
  const strokes: Keystroke[] = [];
  const differing: string[] = [];
  for (const [index, { acts }] of sessions.entries()) {
    const replayer = new Replayer(client, (file) => uriOf(`session${index}/${file}`), values.fast);
    strokes.push(...(await replayer.replay(acts)));
    differing.push(...(await replayer.differing()));
  }
  const processorMs = processorTimeOf(client);
  const result = {
    ...machine(),
    sessions: sessions.map(({ name }) => name),
    coldStartMs: round(coldStartMs),
    ...summary(strokes, client.logs.slice(before.lines)),
    processorMsPerKeystroke:
      processorMs === undefined || before.processorMs === undefined
        ? undefined
        : round((processorMs - before.processorMs) / strokes.length),
    coldCancelToIdleMs: values.fast ? undefined : spread(await coldCancels(client)),
    memoryMB: memoryOf(client),
    differingTexts: differing,
  };
  await client.stop();
  console.log(values.json ? JSON.stringify(result) : printed(result));
  if (differing.length > 0) process.exitCode = 1;
}

function sessionsToReplay(): Session[] {
  if (values.session !== undefined) return [readSession(values.session)];
  const files = sourceFiles(root, ['test/e2e/sample', 'server/completion', 'src/model']);
  const made = generate(files, keystrokes, Number(values.seed));
  if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(made, undefined, 1));
  const folder = path.join(root, 'test/fixtures/sessions');
  return [...readdirSync(folder).map((file) => readSession(path.join(folder, file))), made];
}

/** From the start of the process to the first answer, in milliseconds. */
async function coldStart(client: LspClient, started: number): Promise<number> {
  const uri = uriOf('cold.ts');
  await client.open(uri, 'typescript', 'export function add(a: number, b: number): number {\n  \n}\n');
  await client.complete(uri, { line: 1, character: 2 });
  return performance.now() - started;
}

/** Cancels requests at different moments of their reading; then waits until the engine is idle. */
async function coldCancels(client: LspClient): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < 12; turn++) {
    const uri = uriOf(`cancel${turn}.ts`);
    const lines = Array.from({ length: 80 }, (_, n) => `export const v${turn}x${n} = make(${n * turn}, "${n}");\n`);
    await client.open(uri, 'typescript', lines.join(''));
    const cancel = new CancellationTokenSource();
    const running = client.complete(uri, { line: 80, character: 0 }, cancel);
    await sleep(60 + turn * 23);
    const cancelled = performance.now();
    cancel.cancel();
    await running;
    await client.connection.sendRequest(IdleRequest);
    times.push(performance.now() - cancelled);
  }
  return times;
}

function summary(strokes: readonly Keystroke[], lines: readonly string[]) {
  const answers = answersIn(lines);
  const read = answers.reduce((sum, answer) => sum + answer.read, 0);
  const reused = answers.reduce((sum, answer) => sum + answer.reused, 0);
  const byItself = answers.filter((answer) => answer.read + answer.reused === 0).length;
  const asked = strokes.filter(({ answeredMs, idleMs }) => answeredMs !== undefined || idleMs !== undefined);
  const some = (values: readonly (number | undefined)[]): number[] => values.filter((value) => value !== undefined);
  return {
    keystrokes: strokes.length,
    requests: asked.length,
    cancelled: strokes.filter(({ idleMs }) => idleMs !== undefined).length,
    shown: strokes.filter(({ ghostMs }) => ghostMs !== undefined).length,
    keyToGhostMs: spread(some(strokes.map(({ ghostMs }) => ghostMs))),
    modelAnswerMs: spread(answers.filter((answer) => answer.read + answer.reused > 0).map(({ ms }) => ms)),
    aroundEngineMs: spread(answers.map(({ ms, engineMs }) => ms - engineMs)),
    requestToAnswerMs: spread(some(strokes.map(({ answeredMs }) => answeredMs))),
    cancelToIdleMs: spread(some(strokes.map(({ idleMs }) => idleMs))),
    tokensReadPerKeystroke: round(read / strokes.length),
    reuseShare: reused / Math.max(1, reused + read),
    answeredWithoutModelShare: byItself / Math.max(1, answers.length),
  };
}

type Result = Machine &
  ReturnType<typeof summary> & {
    readonly sessions: readonly string[];
    readonly coldStartMs: number;
    readonly processorMsPerKeystroke: number | undefined;
    readonly coldCancelToIdleMs: ReturnType<typeof spread>;
    readonly memoryMB: number | undefined;
    readonly differingTexts: readonly string[];
  };

function printed(result: Result): string {
  const { keystrokes: typed, requests, cancelled, shown, differingTexts } = result;
  const counts = [
    printedMachine(result),
    `${result.sessions.join(', ')}: ${typed} keystrokes, ${requests} requests, ${cancelled} cancelled, ${shown} ghosts`,
    differingTexts.length === 0 ? 'texts: all equal' : `TEXTS DIFFER: ${differingTexts.join(', ')}`,
  ];
  // Without pauses the server is always behind, as nobody would have it: its times mean nothing.
  if (values.fast) return counts.join('\n');
  return [
    ...counts,
    printedSpread('key to ghost', result.keyToGhostMs),
    printedSpread('request to answer', result.requestToAnswerMs),
    printedSpread('of these, by the model, in the server', result.modelAnswerMs),
    `around the engine, all answers: p50 ${result.aroundEngineMs?.p50}, p95 ${result.aroundEngineMs?.p95} ms`,
    printedSpread('cancel to answer', result.cancelToIdleMs),
    printedSpread('cancel to idle, cold prompts', result.coldCancelToIdleMs),
    `tokens read per keystroke: ${result.tokensReadPerKeystroke}, found in the cache: ${percent(result.reuseShare)} of all`,
    `answers without the model: ${percent(result.answeredWithoutModelShare)}`,
    `start to first answer: ${result.coldStartMs} ms`,
    `processor time per keystroke: ${result.processorMsPerKeystroke ?? '–'} ms, memory: ${result.memoryMB ?? '–'} MB`,
  ].join('\n');
}

void main();
