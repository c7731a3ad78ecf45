/**
 * `node dist/test/bench/chatTyping.cjs [--model=FILE] [--rounds=6] [--keystrokes=40] [--seed=1] [--save=FILE] [--json]`: how much longer ghost
 * text takes while an answer streams in. The same typing is replayed at real speed in the real server, with an answer beside it and without,
 * in turns, so that the machine's mood falls out of the ratio: with a chat model in a process of its own, and with one model that does both.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CHAT_MODEL_CONTEXT, chatModelIfAny } from '../support/chatModel';
import type { LspClient } from '../support/lspClient';
import { withChatTemplate } from '../support/modelFiles';
import { embedded, root, startServer, uriOf } from '../support/server';
import { Beside } from './lib/beside';
import { generate } from './lib/generate';
import { machine, printedMachine } from './lib/machine';
import { Replayer } from './lib/replay';
import { answersIn } from './lib/server';
import type { Session } from './lib/session';
import { sourceFiles } from './lib/sourceFiles';
import { round, spread } from './lib/spread';
import { table } from './lib/table';

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    rounds: { type: 'string', default: '6' },
    keystrokes: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    save: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

/** Times of ghost text, in milliseconds. */
interface Times {
  /** From the request to the answer. */
  readonly answered: number[];
  /** Of the answers, those that the model gave, in the server. */
  readonly byModel: number[];
  /** And those that came from what it had said before. */
  readonly byMemory: number[];
}

interface Measured {
  readonly name: string;
  readonly idle: Times;
  readonly streaming: Times;
  /** Messages with a piece of an answer that came while it was typed. */
  pieces: number;
}

async function main(): Promise<void> {
  const chatFile = values.model ?? (await chatModelIfAny());
  const args = [`--model=${chatFile}`, '--job=chat', '--backend=cpu', `--trainedOn=${CHAT_MODEL_CONTEXT}`];
  const two = async (): Promise<LspClient[]> => [await startServer(), await startServer({ args })];
  const own = chatFile === undefined ? [] : [await measured('chat in a process of its own', two)];
  const folder = mkdtempSync(path.join(tmpdir(), 'minnow-'));
  try {
    const both = await measured('one process for both', async () => {
      const file = path.join(folder, 'model.gguf');
      writeFileSync(file, withChatTemplate(readFileSync(embedded.file)));
      const { fim, context } = embedded.model;
      return [
        await startServer({ args: [`--model=${file}`, '--backend=cpu', `--layout=${fim}`, `--trainedOn=${context}`] }),
      ];
    });
    const result = { ...machine(), rounds: Number(values.rounds), measured: [...own, both].map(summary) };
    if (values.save !== undefined) writeFileSync(values.save, JSON.stringify(result, undefined, 1));
    console.log(values.json ? JSON.stringify(result) : printed(result));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param start the server that completes, and the one that chats where that is another one */
async function measured(name: string, start: () => Promise<readonly LspClient[]>): Promise<Measured> {
  const measure: Measured = {
    name,
    idle: { answered: [], byModel: [], byMemory: [] },
    streaming: { answered: [], byModel: [], byMemory: [] },
    pieces: 0,
  };
  const clients = await start();
  const [completes, chats = completes] = clients;
  if (completes === undefined || chats === undefined) throw new Error('no server');
  await Promise.all(clients.map((client) => client.settled()));
  const beside = new Beside(completes, chats);
  const files = sourceFiles(root, ['test/e2e/sample', 'server/completion', 'src/model']);
  // The context for chat is made by the first question.
  await beside.while(() => Promise.resolve());
  for (let n = 0; n < Number(values.rounds); n++) {
    const session = generate(files, Number(values.keystrokes), Number(values.seed) + n);
    const idle = (): Promise<void> => replay(completes, beside, `idle${n}`, session, measure.idle);
    const streaming = async (): Promise<void> => {
      const work = (): Promise<void> => replay(completes, beside, `chat${n}`, session, measure.streaming);
      measure.pieces += (await beside.while(work)).tokens;
    };
    for (const run of n % 2 === 0 ? [idle, streaming] : [streaming, idle]) await run();
  }
  await Promise.all(clients.map((client) => client.stop()));
  return measure;
}

async function replay(client: LspClient, beside: Beside, name: string, session: Session, times: Times): Promise<void> {
  const before = client.logs.length;
  const replayer = new Replayer(beside.editor, (file) => uriOf(`${name}/${file}`), false);
  for (const { answeredMs } of await replayer.replay(session.acts))
    if (answeredMs !== undefined) times.answered.push(answeredMs);
  for (const { ms, read, reused } of answersIn(client.logs.slice(before)))
    (read + reused > 0 ? times.byModel : times.byMemory).push(ms);
}

function summary({ name, idle, streaming, pieces }: Measured) {
  return {
    name,
    pieces,
    answered: compared(idle.answered, streaming.answered),
    byModel: compared(idle.byModel, streaming.byModel),
    byMemory: compared(idle.byMemory, streaming.byMemory),
  };
}

function compared(idle: readonly number[], streaming: readonly number[]) {
  const [one, other] = [spread(idle), spread(streaming)];
  const ratio = (part: 'p50' | 'p90'): number => round((other?.[part] ?? 0) / (one?.[part] ?? 1));
  return {
    idle: one,
    streaming: other,
    mean: round(mean(streaming) / mean(idle)),
    p50: ratio('p50'),
    p90: ratio('p90'),
  };
}

const mean = (times: readonly number[]): number => times.reduce((sum, each) => sum + each, 0) / times.length;

function printed(result: ReturnType<typeof machine> & { readonly measured: readonly ReturnType<typeof summary>[] }) {
  const head = ['', 'answers', 'idle p50 / p90', 'streaming p50 / p90', 'ratio mean / p50 / p90', 'pieces written'];
  const rows = result.measured.flatMap(({ name, pieces, answered, byModel, byMemory }) =>
    (
      [
        ['request to answer', answered],
        ['by the model, in the server', byModel],
        ['from memory, in the server', byMemory],
      ] as const
    ).map(([what, { idle, streaming, mean, p50, p90 }]) => [
      `${name}: ${what}`,
      `${idle?.count ?? 0} + ${streaming?.count ?? 0}`,
      `${idle?.p50 ?? '–'} / ${idle?.p90 ?? '–'} ms`,
      `${streaming?.p50 ?? '–'} / ${streaming?.p90 ?? '–'} ms`,
      `${mean} / ${p50} / ${p90}`,
      String(pieces),
    ]),
  );
  return [printedMachine(result), table([head, ...rows])].join('\n');
}

void main();
