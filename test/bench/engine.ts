/**
 * `node dist/test/bench/engine.cjs [--prompts=30] [--seed=1] [--json]`: the same prompts through our server and straight through
 * node-llama-cpp, taking turns in the same run, so that what our server adds is a ratio and the machine's mood falls out of it. Each place
 * is asked twice: after a jump to it, and after the next key.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cutWindow } from '../../server/completion/window';
import { promptPath } from '../../server/context/promptPath';
import { placeAt } from '../../server/documents';
import type { InfillPrompt } from '../../server/llm/llm';
import { cutHoles, type Hole } from '../../server/measure/holes';
import { serverEnv } from '../../src/client/launch';
import type { LspClient } from '../support/lspClient';
import { root, startServer, uriOf } from '../support/server';
import { type DirectAnswer, type DirectRequest, serveDirect } from './lib/directEngine';
import { type Machine, machine, printedMachine } from './lib/machine';
import { answersIn } from './lib/server';
import { sourceFiles } from './lib/sourceFiles';
import { printedSpread, round, spread } from './lib/spread';

const { values } = parseArgs({
  options: {
    prompts: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    direct: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
/** So short that the window holds all of it however slow the machine is, in characters. */
const BEFORE = 560;
const AFTER = 180;

interface Pair {
  readonly after: 'jump' | 'key';
  /** From the request to the answer, as the editor sees it, in milliseconds. */
  readonly ourMs: number;
  readonly directMs: number;
  /** What of `ourMs` is not the engine. */
  readonly aroundMs: number;
}

async function main(): Promise<void> {
  const client = await startServer();
  const status = await client.settled();
  if (status.state !== 'ready') throw new Error(`the model is not ready: ${JSON.stringify(status)}`);
  const direct = await startDirect(status.threads);
  const files = sourceFiles(root, ['test/e2e/sample', 'server', 'src']);
  const pairs: Pair[] = [];
  const left: string[] = [];
  const holes = Array.from(cutHoles(files, Number(values.prompts), Number(values.seed)));
  for (const [index, hole] of holes.entries()) {
    let key = '';
    for (const after of ['jump', 'key'] as const) {
      const asked = documentOf(hole, index, key);
      const { pair, text } = await compare(client, direct, asked, after);
      if (typeof pair === 'string') left.push(pair);
      else pairs.push(pair);
      // Not the key that was suggested: that is answered without the model.
      key = text[0] === hole.truth[0] ? 'x' : hole.truth.slice(0, 1);
    }
  }
  direct.disconnect();
  await client.stop();
  const result = { ...machine(), notCompared: left, jump: summary(pairs, 'jump'), key: summary(pairs, 'key') };
  console.log(values.json ? JSON.stringify(result) : printed(result));
}

interface Asked {
  readonly document: TextDocument;
  readonly offset: number;
}

/** A short document around the hole, with a key typed into it. */
function documentOf({ file, start, truth }: Hole, index: number, key: string): Asked {
  const from = file.text.indexOf('\n', Math.max(0, start - BEFORE)) + 1;
  const end = start + truth.length;
  const before = file.text.slice(Math.min(from, start), start) + key;
  const text = before + file.text.slice(end, end + AFTER);
  const uri = uriOf(`${index}/${file.path}`);
  return { document: TextDocument.create(uri, file.languageId, 1, text), offset: before.length };
}

/** A reason in place of a pair where the two did not do the same; with what the server suggested. */
async function compare(
  client: LspClient,
  direct: ChildProcess,
  { document, offset }: Asked,
  after: Pair['after'],
): Promise<{ readonly pair: Pair | string; readonly text: string }> {
  const position = document.positionAt(offset);
  if (after === 'jump') await client.open(document.uri, document.languageId, document.getText());
  else {
    const key = document.getText().slice(offset - 1, offset);
    await client.change(document.uri, document.positionAt(offset - 1), document.positionAt(offset - 1), key);
  }
  const lines = client.logs.length;
  const started = performance.now();
  const text = String((await client.complete(document.uri, position))?.insertText ?? '');
  const ourMs = performance.now() - started;
  const [answer] = answersIn(client.logs.slice(lines));
  if (answer === undefined || answer.read === 0) return { text, pair: `without the model: ${answer?.origin}` };
  const { ms, read, reused } = await askDirect(direct, {
    prompt: promptOf({ document, offset }),
    tokens: answer.written,
  });
  if (read + reused !== answer.read + answer.reused) return { text, pair: 'another window' };
  return { text, pair: { after, ourMs, directMs: ms, aroundMs: ourMs - answer.engineMs } };
}

async function startDirect(threads: number): Promise<ChildProcess> {
  const direct = fork(__filename, [`--direct=${threads}`], { env: { ...process.env, ...serverEnv }, silent: true });
  const complaints: string[] = [];
  direct.stderr?.on('data', (data: Buffer) => void complaints.push(String(data)));
  direct.once('exit', (code) => {
    if (code === 0) return;
    console.error(complaints.join(''));
    process.exit(1);
  });
  await once(direct, 'message');
  return direct;
}

async function askDirect(direct: ChildProcess, request: DirectRequest): Promise<DirectAnswer> {
  direct.send(request);
  const [answer] = (await once(direct, 'message')) as [DirectAnswer];
  return answer;
}

/** The prompt that the server makes of a document that fits its window. */
function promptOf({ document, offset }: Asked): InfillPrompt {
  const place = placeAt(document, document.positionAt(offset));
  const { prefix, suffix } = cutWindow(place, { prefix: BEFORE * 2, suffix: AFTER * 2, context: 0 });
  return { path: promptPath(document.uri, document.languageId, [uriOf('')]), prefix, suffix };
}

function summary(pairs: readonly Pair[], after: Pair['after']) {
  const some = pairs.filter((pair) => pair.after === after);
  const sum = (value: (pair: Pair) => number): number => some.reduce((total, pair) => total + value(pair), 0);
  return {
    prompts: some.length,
    ratioOfSums: round(sum(({ ourMs }) => ourMs) / sum(({ directMs }) => directMs)),
    ratios: spread(some.map(({ ourMs, directMs }) => ourMs / directMs)),
    ourMs: spread(some.map(({ ourMs }) => ourMs)),
    directMs: spread(some.map(({ directMs }) => directMs)),
    aroundMs: spread(some.map(({ aroundMs }) => aroundMs)),
  };
}

type Result = Machine & { readonly notCompared: readonly string[] } & Record<Pair['after'], ReturnType<typeof summary>>;

function printed(result: Result): string {
  const parts = (['jump', 'key'] as const).flatMap((after) => {
    const { prompts, ratioOfSums, ratios, ourMs, directMs, aroundMs } = result[after];
    return [
      `after a ${after}: ${prompts} prompts, our time to the engine's alone: ${ratioOfSums} (median of each ${ratios?.p50 ?? '–'})`,
      printedSpread('  our server', ourMs),
      printedSpread('  node-llama-cpp alone', directMs),
      `  around the engine: p50 ${aroundMs?.p50 ?? '–'}, p95 ${aroundMs?.p95 ?? '–'} ms`,
    ];
  });
  const reasons = Array.from(new Set(result.notCompared), (reason) => {
    const count = result.notCompared.filter((each) => each === reason).length;
    return `not compared: ${count} (${reason})`;
  });
  return [printedMachine(result), ...parts, ...reasons].join('\n');
}

void (values.direct === undefined ? main() : serveDirect(Number(values.direct)));
