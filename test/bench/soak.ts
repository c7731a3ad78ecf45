/**
 * `node dist/test/bench/soak.cjs [--minutes=30] [--windows=100] [--seed=1] [--model=FILE] [--save=FILE] [--json]`: typing at real speed in twenty
 * documents with answers and edits written beside it, each by a process of its own, and what that does to memory, handles and latency. Then
 * windows that open and close, one process each, and what is left of them. Slopes leave out the first third of the time.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { seeded } from '../../server/measure/random';
import { CHAT_MODEL_CONTEXT, chatModelIfAny } from '../support/chatModel';
import { askEdit } from '../support/editSession';
import { editTasks } from '../support/editTasks';
import type { LspClient } from '../support/lspClient';
import { root, startServer, uriOf } from '../support/server';
import { Beside } from './lib/beside';
import { machine, printedMachine } from './lib/machine';
import { Replayer } from './lib/replay';
import { type Sample, sampleOf, slopeOf } from './lib/slope';
import { sourceFiles } from './lib/sourceFiles';
import { round, spread } from './lib/spread';
import { table } from './lib/table';
import { Typist } from './lib/typist';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    windows: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    model: { type: 'string' },
    save: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const DOCUMENTS = 20;
const SAMPLE_MS = 10_000;
const MINUTE_MS = 60_000;

interface Minute {
  readonly keystrokes: number;
  readonly answered: number;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
}

async function main(): Promise<void> {
  const chatFile = values.model ?? (await chatModelIfAny());
  const args = [`--model=${chatFile}`, '--job=chat', '--backend=cpu', `--trainedOn=${CHAT_MODEL_CONTEXT}`];
  const completes = await startServer();
  const chats = chatFile === undefined ? completes : await startServer({ args });
  await Promise.all([completes.settled(), chats.settled()]);
  const samples: Readonly<Record<'completion' | 'chat', Sample[]>> = { completion: [], chat: [] };
  const started = performance.now();
  const look = (): void => {
    const at = performance.now() - started;
    for (const [name, { process }] of [
      ['completion', completes],
      ['chat', chats],
    ] as const) {
      const sample = sampleOf(process.pid, at);
      if (sample) samples[name].push(sample);
    }
  };
  const looking = setInterval(look, SAMPLE_MS);
  const soaked = await soak(completes, chats, started);
  clearInterval(looking);
  look();
  await Promise.all([completes.stop(), ...(chats === completes ? [] : [chats.stop()])]);
  const result = { ...machine(), ...soaked, samples, windows: await openAndClose(Number(values.windows)) };
  if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(result, undefined, 1));
  console.log(values.json ? JSON.stringify(result) : printed(result));
  if (soaked.differing.length > 0) process.exitCode = 1;
}

/** Types for so many minutes: in odd ones beside answers, in even ones beside edits. */
async function soak(completes: LspClient, chats: LspClient, started: number) {
  const files = sourceFiles(root, ['server/completion', 'src/model', 'server/llm']).slice(0, DOCUMENTS);
  const typist = new Typist(files, seeded(Number(values.seed)));
  const beside = new Beside(completes, chats);
  const replayer = new Replayer(beside.editor, (file) => uriOf(`soak/${file}`), false);
  await replayer.replay(typist.open());
  const minutes: Minute[] = [];
  let written = 0;
  for (let n = 0; performance.now() - started < Number(values.minutes) * MINUTE_MS; n++) {
    const typing = async (): Promise<void> => {
      minutes.push(await minuteOf(replayer, typist));
    };
    const run = n % 2 === 0 ? beside.while(typing) : besideEdits(chats, typing);
    written += (await run).tokens;
  }
  return { documents: files.length, minutes, written, differing: await replayer.differing() };
}

async function minuteOf(replayer: Replayer, typist: Typist): Promise<Minute> {
  const until = performance.now() + MINUTE_MS;
  const answered: number[] = [];
  let keystrokes = 0;
  while (performance.now() < until) {
    const strokes = await replayer.replay(typist.line());
    keystrokes += strokes.length;
    answered.push(...strokes.flatMap(({ answeredMs }) => answeredMs ?? []));
  }
  const { p50, p99 } = spread(answered) ?? {};
  return { keystrokes, answered: answered.length, p50, p99 };
}

/** Has edits made, one after the other, as long as the work goes on. */
async function besideEdits(chats: LspClient, work: () => Promise<void>): Promise<{ readonly tokens: number }> {
  const cancel = new CancellationTokenSource();
  let tokens = 0;
  const edits = async (): Promise<void> => {
    for (let n = 0; !cancel.token.isCancellationRequested; n++) {
      const task = editTasks[n % editTasks.length];
      if (task === undefined) return;
      const { text, instruction, path, languageId } = task;
      const range = { first: 0, count: text.split('\n').length };
      const { result } = askEdit(chats, { text, range, instruction, path, languageId }, undefined, cancel);
      const { tokensWritten } = await result.catch((error: unknown) => {
        if (cancel.token.isCancellationRequested) return { tokensWritten: 0 };
        throw error;
      });
      tokens += tokensWritten;
    }
  };
  const over = edits();
  await work();
  cancel.cancel();
  await over;
  return { tokens };
}

/** Windows as they come and go: each starts a process, types, and ends it; some are killed. */
async function openAndClose(windows: number) {
  const before = sampleOf(process.pid, 0);
  const lefts: number[] = [];
  for (let n = 0; n < windows; n++) {
    const client = await startServer();
    await client.open(
      uriOf('window.ts'),
      'typescript',
      'export function add(a: number, b: number): number {\n  return \n}\n',
    );
    await client.complete(uriOf('window.ts'), { line: 1, character: 9 });
    const { pid } = client.process;
    if (n % 10 === 9) client.process.kill('SIGKILL');
    else await client.stop();
    for (let tries = 0; tries < 50 && isAlive(pid); tries++) await sleep(20);
    if (pid !== undefined && isAlive(pid)) lefts.push(pid);
  }
  return {
    windows,
    handlesBefore: before?.handles,
    handlesAfter: sampleOf(process.pid, 0)?.handles,
    left: lefts.length,
  };
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

type Result = ReturnType<typeof machine> &
  Awaited<ReturnType<typeof soak>> & {
    readonly samples: Readonly<Record<'completion' | 'chat', readonly Sample[]>>;
    readonly windows: Awaited<ReturnType<typeof openAndClose>>;
  };

function printed(result: Result): string {
  const { minutes, samples, windows, differing } = result;
  const head = [
    'process',
    'MB after a third',
    'MB at the end',
    'MB per hour',
    'handles at the end',
    'handles per hour',
  ];
  const rows = Object.entries(samples).map(([name, all]) => [
    name,
    String(Math.round(all[Math.floor(all.length / 3)]?.megabytes ?? 0)),
    String(Math.round(all.at(-1)?.megabytes ?? 0)),
    String(round(slopeOf(all, 'megabytes'))),
    String(all.at(-1)?.handles ?? '–'),
    String(round(slopeOf(all, 'handles'))),
  ]);
  const latency = minutes.map((each, n) =>
    [n + 1, each.keystrokes, each.answered, each.p50, each.p99].map((cell) => `${cell ?? '–'}`),
  );
  return [
    printedMachine(result),
    `${result.documents} documents, ${minutes.length} minutes, ${result.written} pieces written beside`,
    differing.length === 0 ? 'texts: all equal' : `TEXTS DIFFER: ${differing.join(', ')}`,
    table([head, ...rows]),
    table([['minute', 'keystrokes', 'answers', 'p50 ms', 'p99 ms'], ...latency]),
    `${windows.windows} windows opened and closed: handles ${windows.handlesBefore} → ${windows.handlesAfter}, processes left: ${windows.left}`,
  ].join('\n');
}

void main();
