/** What Minnow costs the editor when it starts: the time on the extension host's thread, from the first line that is read to the end of `activate`. */
import assert from 'node:assert/strict';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { artifacts } from './lib/places';
import { openReadySession, type Session } from './lib/session';
import { until } from './lib/until';

/** Windows that are opened one after the other. MINNOW_E2E_STARTS asks for another number. */
const STARTS = Number(process.env.MINNOW_E2E_STARTS ?? 3);
/** Of the processor, in milliseconds: what else the machine does hardly counts then. It is to be under 50; a slow machine takes longer. */
const MOST_MS = 150;

interface Start {
  /** Time of the processor, in milliseconds. */
  readonly cpu: number;
  /** Time on the clock. */
  readonly ms: number;
}

const report = path.join(artifacts, 'starts.txt');

/** Stands in front of the extension, and times it. The editor's own figure, on its page of running extensions, is that of the clock. */
const timed = `
const cpu = () => { const { user, system } = (process.threadCpuUsage ?? process.cpuUsage).call(process); return (user + system) / 1000; };
const began = { cpu: cpu(), ms: performance.now() };
const inner = require('./timed.js');
const loaded = { cpu: cpu(), ms: performance.now() };
exports.activate = (context) => {
  const called = { cpu: cpu(), ms: performance.now() };
  const api = inner.activate(context);
  const took = (name, now) => loaded[name] - began[name] + now - called[name];
  const start = { cpu: took('cpu', cpu()), ms: took('ms', performance.now()) };
  require('node:fs').appendFileSync(${JSON.stringify(report)}, JSON.stringify(start) + '\\n');
  return api;
};
`;

describe('the start of the extension', () => {
  let session: Session;

  before('start a workbench', async () => {
    rmSync(report, { force: true });
    const prepareExtension = (folder: string): void => {
      const at = (name: string): string => path.join(folder, 'dist', name);
      renameSync(at('extension.js'), at('timed.js'));
      writeFileSync(at('extension.js'), timed);
    };
    session = await openReadySession('startup', { prepareExtension });
  });
  after('stop it', () => session?.close());

  it('takes a moment of the thread that all extensions share', async function () {
    this.timeout(STARTS * 120_000);
    for (let more = 1; more < STARTS; more++) await reload(session);
    const starts = await until(() => (readStarts().length >= STARTS ? readStarts() : undefined), {
      what: 'the starts',
    });
    const told = starts.map(({ cpu, ms }) => `${cpu.toFixed(0)} (${ms.toFixed(0)})`);
    const median = starts.map(({ cpu }) => cpu).toSorted((a, b) => a - b)[Math.floor(starts.length / 2)] ?? Number.NaN;
    console.log(`      ms of the processor (of the clock): ${told.join(', ')}; median ${median.toFixed(0)} ms`);
    assert.ok(median > 0 && median < MOST_MS, `${median} ms`);
  });
});

async function reload({ workbench }: Session): Promise<void> {
  await workbench.page.reload({ waitUntil: 'domcontentloaded' });
  await workbench.ready();
  await workbench.status('asleep').waitFor({ timeout: 60_000 });
}

function readStarts(): readonly Start[] {
  const lines = readFileSync(report, 'utf8').trim().split('\n');
  return lines.map((line): Start => JSON.parse(line));
}
