/**
 * `node dist/test/bench/chat.cjs [--model=FILE] [--lines=120] [--rounds=3] [--json]`: a conversation about a long text, in this process: how fast
 * it is read and written, and how soon the first token of the answer comes, of the first question and of what follows on it.
 */
import { parseArgs } from 'node:util';
import type { Llm } from '../../server/llm/llm';
import { serverEnv } from '../../src/client/launch';
import { loadChatLlm, promptOf, type Said, say } from '../support/chatLlm';
import { chatModelIfAny } from '../support/chatModel';
import { machine, printedMachine } from './lib/machine';
import { round, spread } from './lib/spread';
import { table } from './lib/table';

// Before the engine is loaded, as the client starts a server.
Object.assign(process.env, serverEnv);

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    lines: { type: 'string', default: '120' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const WRITTEN = 64;
const ASKED = ['first question', 'follow-up', 'third question'] as const;

interface Turn {
  readonly asked: (typeof ASKED)[number];
  readonly said: Said;
}

async function main(): Promise<void> {
  const file = values.model ?? (await chatModelIfAny());
  if (file === undefined) return;
  const llm = await loadChatLlm(file, 'chat');
  const turns: Turn[] = [];
  try {
    for (let n = 0; n < Number(values.rounds); n++) turns.push(...(await conversation(llm, n)));
  } finally {
    await llm.dispose();
  }
  const { threads, backend, contextSize } = llm.facts;
  const result = {
    ...machine(),
    model: file,
    threads,
    backend,
    contextSize,
    turns: ASKED.map((asked) => summary(turns, asked)),
  };
  console.log(values.json ? JSON.stringify(result) : printed(result));
}

/** The text differs from its first line on, so that each conversation begins cold. */
async function conversation(llm: Llm, n: number): Promise<Turn[]> {
  const lines = Array.from(
    { length: Number(values.lines) },
    (_, at) => `export const value${at} = compute(${at}, 'name ${at}');`,
  );
  const texts = [`// Part ${n}\n${lines.join('\n')}\n\nWhat does this file export?`];
  const turns: Turn[] = [];
  for (const [at, asked] of ASKED.entries()) {
    if (at > 0) texts.push(turns.at(-1)?.said.text ?? '', 'Why is that so? Explain it to me.');
    turns.push({
      asked,
      said: await say(llm.chat, promptOf(...texts), { maxTokens: WRITTEN, temperature: 0.7, seed: n }),
    });
  }
  return turns;
}

function summary(turns: readonly Turn[], wanted: Turn['asked']) {
  const said = turns.filter(({ asked }) => asked === wanted).map((turn) => turn.said);
  return {
    asked: wanted,
    reused: spread(said.map(({ usage }) => usage.reused)),
    evaluated: spread(said.map(({ usage }) => usage.evaluated)),
    firstMs: spread(said.map(({ firstMs }) => firstMs)),
    readPerSecond: spread(said.map(({ usage, firstMs }) => (usage.evaluated / firstMs) * 1000)),
    writtenPerSecond: spread(said.map(({ tokens, writeMs }) => (Math.max(0, tokens - 1) / writeMs) * 1000)),
  };
}

type Result = ReturnType<typeof machine> & {
  readonly threads: number;
  readonly contextSize: number;
  readonly turns: readonly ReturnType<typeof summary>[];
};

function printed(result: Result): string {
  const rows = result.turns.map(({ asked, reused, evaluated, firstMs, readPerSecond, writtenPerSecond }) => [
    asked,
    String(reused?.p50 ?? '–'),
    String(evaluated?.p50 ?? '–'),
    `${round(firstMs?.p50 ?? 0)} ms`,
    String(Math.round(readPerSecond?.p50 ?? 0)),
    String(Math.round(writtenPerSecond?.p50 ?? 0)),
  ]);
  const head = ['', 'tokens reused', 'evaluated', 'first token', 'read/s', 'written/s'];
  const how = `${result.threads} threads, context ${result.contextSize}, medians of ${values.rounds}`;
  return [printedMachine(result), how, table([head, ...rows])].join('\n');
}

void main();
