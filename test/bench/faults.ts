/**
 * `npm run faults -- [--minutes=10] [--seed=1] [--json]`: fuzzed messages and random edits of documents, each round with another seed, for as
 * long as is said, with the real server and the embedded model. Prints what was done; ends at the first fault, with its seed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../../server/measure/random';
import { fuzzDocuments } from '../support/faults/documentFuzz';
import { BROKEN_FRAMES, fuzzMessages } from '../support/faults/messageFuzz';
import { RawClient } from '../support/faults/rawClient';
import { withChatTemplate } from '../support/modelFiles';
import { embedded, startServer } from '../support/server';
import { machine, printedMachine } from './lib/machine';
import { table } from './lib/table';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const PER_ROUND = 10_000;

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'minnow-'));
  const chats = path.join(folder, 'model.gguf');
  writeFileSync(chats, withChatTemplate(readFileSync(embedded.file)));
  const done = { messages: 0, requests: 0, checks: 0, slowestMs: 0, edits: 0, asked: 0, frames: 0 };
  const until = performance.now() + Number(values.minutes) * 60_000;
  try {
    for (let seed = Number(values.seed); done.edits === 0 || performance.now() < until; seed++) {
      await round(seed, chats, done).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`);
      });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  console.log(values.json ? JSON.stringify({ ...machine(), ...done }) : printed(done));
}

type Done = Record<'messages' | 'requests' | 'checks' | 'slowestMs' | 'edits' | 'asked' | 'frames', number>;

async function round(seed: number, chats: string, done: Done): Promise<void> {
  const raw = await RawClient.start(chats);
  const { messages, requests, checks, slowestMs } = await fuzzMessages(raw, seeded(seed), PER_ROUND);
  if (!(await raw.close())) throw new Error('the server did not end with its connection');
  for (const [name, bytes] of BROKEN_FRAMES) {
    const broken = await RawClient.start();
    await broken.bytes(bytes);
    if (!(await broken.close())) throw new Error(`the server did not end with its connection: ${name}`);
  }
  const client = await startServer();
  await client.settled();
  const { edits, asked } = await fuzzDocuments(client, seeded(seed), PER_ROUND);
  await client.stop();
  done.messages += messages;
  done.requests += requests;
  done.checks += checks;
  done.slowestMs = Math.max(done.slowestMs, slowestMs);
  done.edits += edits;
  done.asked += asked;
  done.frames += BROKEN_FRAMES.length;
}

function printed({ messages, requests, checks, slowestMs, edits, asked, frames }: Done): string {
  const rows = [
    ['fault', 'how many', 'and then'],
    [
      'fuzzed messages',
      String(messages),
      `${checks} right answers in between, the slowest after ${Math.round(slowestMs)} ms`,
    ],
    ['of these, requests', String(requests), 'each answered once'],
    ['frames that are none', String(frames), 'no process left'],
    ['random edits', String(edits), `the same text after each; ${asked} requests beside`],
  ];
  return [printedMachine(machine()), table(rows)].join('\n');
}

void main();
