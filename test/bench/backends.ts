/**
 * `node dist/test/bench/backends.cjs [--engine=cuda=FOLDER]… [--model=FILE --layout=psm --context=4096] [--holes=40] [--seed=1] [--json]`: the same
 * model and the same prompts on the processor and on each engine given, one after the other: how long it takes to load, how fast it reads and
 * writes, and whether it says the same, greedily and with every rule off. Prompts are so short that no window depends on the speed.
 */
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { cutHoles, type Hole } from '../../server/measure/holes';
import { type Backend, MeasureSpeedRequest, type ReadyStatus, RULES, type Speed } from '../../server/protocol';
import type { ModelFile } from '../../src/client/modelFile';
import type { LspClient } from '../support/lspClient';
import { embedded, root, startServer, uriOf } from '../support/server';
import { machine, printedMachine } from './lib/machine';
import { answersIn } from './lib/server';
import { sourceFiles } from './lib/sourceFiles';
import { round, spread } from './lib/spread';
import { table } from './lib/table';

const { values } = parseArgs({
  options: {
    engine: { type: 'string', multiple: true, default: [] },
    model: { type: 'string' },
    layout: { type: 'string', default: 'psm' },
    context: { type: 'string', default: '4096' },
    holes: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
/** In characters. */
const BEFORE = 560;
const AFTER = 180;

interface Run {
  readonly status: ReadyStatus;
  readonly speed: Speed;
  readonly texts: readonly string[];
  /** Of each answer that the model gave, in milliseconds. */
  readonly answerMs: readonly number[];
}

async function main(): Promise<void> {
  const holes = Array.from(
    cutHoles(sourceFiles(root, ['test/e2e/sample', 'server', 'src']), Number(values.holes), Number(values.seed)),
  );
  const runs: Run[] = [];
  for (const engine of ['cpu=', ...values.engine]) {
    const [backend, folder] = engine.split('=');
    const run = await runOn(backendOf(backend), folder ?? '', holes);
    if (typeof run === 'string') console.error(`${backend}: ${run}`);
    else runs.push(run);
  }
  console.log(values.json ? JSON.stringify({ ...machine(), runs }) : printed(runs));
}

function backendOf(name: string | undefined): Backend {
  if (name === 'cpu' || name === 'cuda' || name === 'vulkan' || name === 'metal') return name;
  throw new Error(`no backend is called ${name}`);
}

function modelFile(): ModelFile {
  const { model: file, layout, context } = values;
  if (file === undefined) return embedded;
  const fim = layout === 'spm' || layout === 'suffixFirst' ? layout : 'psm';
  const name = path.basename(file);
  return {
    file,
    model: {
      ...embedded.model,
      id: name,
      name,
      fim,
      bytes: statSync(file).size,
      sha256: null,
      context: Number(context),
    },
  };
}

/** A sentence where it did not come up. */
async function runOn(backend: Backend, engineFolder: string, holes: readonly Hole[]): Promise<Run | string> {
  const client = await startServer({
    modelFile: modelFile(),
    launch: { backend, ...(engineFolder === '' ? {} : { engineFolder: path.resolve(engineFolder) }) },
    settings: { completion: { multiline: true, comments: true, without: RULES } },
  });
  try {
    const status = await client.settled().catch((error: unknown) => String(error));
    if (typeof status === 'string') return status;
    if (status.state !== 'ready') return JSON.stringify(status);
    const speed = await client.connection.sendRequest(MeasureSpeedRequest);
    const texts: string[] = [];
    for (const [index, hole] of holes.entries())
      texts.push(status.completes ? await answerTo(client, hole, index) : '');
    const answers = answersIn(client.logs).filter(({ read }) => read > 0);
    return { status, speed, texts, answerMs: answers.map(({ ms }) => ms) };
  } finally {
    await client.stop();
  }
}

async function answerTo(client: LspClient, { file, start, truth }: Hole, index: number): Promise<string> {
  const from = file.text.indexOf('\n', Math.max(0, start - BEFORE)) + 1;
  const before = file.text.slice(Math.min(from, start), start);
  const after = file.text.slice(start + truth.length, start + truth.length + AFTER);
  const document = TextDocument.create(uriOf(`${index}/${file.path}`), file.languageId, 1, before + after);
  await client.open(document.uri, document.languageId, document.getText());
  const asked = { triggerKind: InlineCompletionTriggerKind.Invoked };
  const [item] = await client.ask(document.uri, document.positionAt(before.length), asked);
  return String(item?.insertText ?? '');
}

function printed(runs: readonly Run[]): string {
  const [cpu] = runs;
  const rows = runs.map(({ status, speed, texts, answerMs }) => {
    const same = texts.filter((text, index) => text === cpu?.texts[index]).length;
    return [
      status.fallback === undefined ? status.backend : `${status.backend} (${status.fallback})`,
      `${status.gpuLayers} of ${status.layers}`,
      `${status.startMs} ms`,
      String(Math.round(speed.readPerSecond)),
      String(Math.round(speed.writtenPerSecond)),
      `${round(speed.lineMs)} ms`,
      `${spread(answerMs)?.p50 ?? '–'} ms`,
      `${same} of ${texts.length}`,
    ];
  });
  const head = [
    'backend',
    'layers on it',
    'start to ready',
    'read/s',
    'written/s',
    'a line',
    'an answer (p50)',
    'same as cpu',
  ];
  return [printedMachine(machine()), modelFile().file, table([head, ...rows]), ...differences(runs)].join('\n');
}

/** Where an answer first differs, told by its surroundings. */
function differences(runs: readonly Run[]): string[] {
  const [cpu, ...others] = runs;
  return others.flatMap(({ status, texts }) =>
    texts.flatMap((text, index) => {
      const expected = cpu?.texts[index] ?? '';
      if (text === expected) return [];
      const at = Array.from(expected).findIndex((character, position) => character !== text[position]);
      return [
        `${status.backend}, prompt ${index}, from character ${at}: ${JSON.stringify(text)} instead of ${JSON.stringify(expected)}`,
      ];
    }),
  );
}

void main();
