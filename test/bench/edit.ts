/**
 * `node dist/test/bench/edit.cjs [--model=FILE] [--rounds=3] [--json] [--out=FILE]`: edits that keep most of their input, with tokens predicted
 * from it and without, in turns, in this process: how fast each is written, what share of the answer stands in the input, what share of the tokens was
 * predicted, how many came of a batch, whether the texts are equal. `--task=NAME`: only those whose name has this in it.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FenceEnd } from '../../server/edit/fenceEnd';
import { promptFor } from '../../server/edit/prompt';
import type { ChatOptions, Llm } from '../../server/llm/llm';
import { serverEnv } from '../../src/client/launch';
import { loadChatLlm, patient } from '../support/chatLlm';
import { chatModel } from '../support/chatModel';
import { type EditTask, editTasks } from '../support/editTasks';
import { machine, printedMachine } from './lib/machine';
import { round, spread } from './lib/spread';
import { table } from './lib/table';

// Before the engine is loaded, as the client starts a server.
Object.assign(process.env, serverEnv);

const { values } = parseArgs({
  options: {
    model: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    task: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

interface Run {
  readonly text: string;
  readonly perSecond: number;
  readonly tokens: number;
  readonly predicted: number;
  readonly mispredicted: number;
  /** Steps of decoding. */
  readonly batches: number;
}

async function main(): Promise<void> {
  const file = values.model ?? (await chatModel());
  const llm = await loadChatLlm(file, 'chat');
  const rows: ReturnType<typeof summary>[] = [];
  try {
    for (const task of editTasks.filter(({ name }) => name.includes(values.task))) {
      const runs: { plain: Run; lookup: Run }[] = [];
      for (let n = 0; n < Number(values.rounds); n++)
        runs.push({ plain: await edited(llm, task, false), lookup: await edited(llm, task, true) });
      rows.push(summary(task, runs));
    }
  } finally {
    await llm.dispose();
  }
  const { threads, backend } = llm.facts;
  const result = { ...machine(), model: file.replace(/^.*[\\/]/, ''), threads, backend, rows };
  if (values.out !== undefined) await writeFile(values.out, JSON.stringify(result, undefined, 2));
  console.log(values.json ? JSON.stringify(result) : printed(result));
}

/** What the model writes until its code block ends, as the server would have it. */
async function edited({ chat }: Llm, task: EditTask, isPredicted: boolean): Promise<Run> {
  if (chat === undefined) throw new Error('this model does not chat');
  const { path, languageId, text, instruction, begun, done } = task;
  const lines = text.split('\n');
  const target = { path, languageId, text, context: [], range: { first: 0, count: lines.length } };
  const piece = { before: [], lines, after: [], isPart: false };
  const wish = { instruction, earlier: [] };
  const { prompt, likely, maxTokens } = promptFor(target, piece, wish, false, await chat.room(), chat);
  // As if the model had written what the answer begins with: predictions stand where it has come to.
  const rest = likely.split('\n').slice(done).join('\n');
  const fence = new FenceEnd(prompt.begun?.match(/^`+/)?.[0].length ?? 0);
  let counts = { predicted: 0, mispredicted: 0 };
  const options: ChatOptions = {
    maxTokens,
    temperature: 0,
    mayGoOn: () => {
      if (tokens > 0) batches++;
      return Promise.resolve();
    },
    ...(isPredicted ? { likely: rest } : {}),
    onPredicted: (predicted, mispredicted) => {
      counts = { predicted, mispredicted };
    },
  };
  let written = '';
  let tokens = 0;
  let first = 0;
  let batches = 0;
  for await (const token of chat.answer({ ...prompt, begun: `${prompt.begun}${begun}` }, options, patient)) {
    if (tokens++ === 0) first = performance.now();
    written += token.text;
    if (fence.take(token.text)) break;
  }
  return {
    text: written,
    tokens,
    ...counts,
    batches,
    perSecond: (Math.max(0, tokens - 1) / (performance.now() - first)) * 1000,
  };
}

function summary({ name, text }: EditTask, runs: readonly { readonly plain: Run; readonly lookup: Run }[]) {
  const [first] = runs;
  return {
    name,
    kept: keptShare(text, first?.plain.text ?? ''),
    batches: first?.lookup.batches ?? 0,
    tokens: first?.lookup.tokens ?? 0,
    predicted: first?.lookup.predicted ?? 0,
    mispredicted: first?.lookup.mispredicted ?? 0,
    isEqual: runs.every(({ plain, lookup }) => plain.text === lookup.text),
    plain: spread(runs.map(({ plain }) => plain.perSecond)),
    lookup: spread(runs.map(({ lookup }) => lookup.perSecond)),
    ratio: spread(runs.map(({ plain, lookup }) => lookup.perSecond / plain.perSecond)),
    text: first?.lookup.text ?? '',
  };
}

type Result = ReturnType<typeof machine> & {
  readonly threads: number;
  readonly backend: string;
  readonly rows: readonly ReturnType<typeof summary>[];
};

function printed(result: Result): string {
  const rows = result.rows.map(
    ({ name, kept, batches, tokens, predicted, mispredicted, isEqual, plain, lookup, ratio }) => [
      name,
      `${Math.round(100 * kept)}%`,
      String(tokens),
      `${Math.round((100 * predicted) / Math.max(1, tokens))}%`,
      `${Math.round((100 * predicted) / Math.max(1, predicted + mispredicted))}%`,
      String(round(tokens / Math.max(1, batches))),
      String(round(plain?.p50 ?? 0)),
      String(round(lookup?.p50 ?? 0)),
      String(Math.round((ratio?.p50 ?? 0) * 100) / 100),
      isEqual ? 'yes' : 'no',
    ],
  );
  const head = ['', 'kept', 'tokens', 'predicted', 'right', 'per batch', 'plain/s', 'look-up/s', 'ratio', 'same text'];
  const how = `${result.threads} threads, ${result.backend}, medians of ${values.rounds}`;
  return [printedMachine(result), how, table([head, ...rows])].join('\n');
}

/** The share of an answer's words and signs that stand in the input too, in the same order (their longest common subsequence). */
function keptShare(input: string, answer: string): number {
  const [old, next] = [input, answer].map((text) => text.match(/\w+|[^\w\s]/g) ?? []);
  if (old === undefined || next === undefined || next.length === 0) return 0;
  let above = new Array<number>(old.length + 1).fill(0);
  for (const word of next) {
    const row = [0];
    for (const [at, each] of old.entries())
      row.push(each === word ? (above[at] ?? 0) + 1 : Math.max(row[at] ?? 0, above[at + 1] ?? 0));
    above = row;
  }
  return (above.at(-1) ?? 0) / next.length;
}

void main();
