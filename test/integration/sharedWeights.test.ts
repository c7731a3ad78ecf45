/** The real server with the embedded model, as one window starts it and others join it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isRunning } from '../../src/client/endProcess';
import { Place, type SharedWindow, until } from '../support/sharedWindow';

/** What is asked in each window: a line that it has for itself. */
const textOf = (index: number): string => `// window ${index}\nfunction add${index}(a, b) {\n  return `;

describe('windows that share the embedded model', () => {
  const place = new Place();
  const windows: SharedWindow[] = [];
  after(() => place.clear());

  const ask = async (index: number): Promise<void> => {
    const said = await windows[index]?.complete(`file:///sample/${index}.js`, textOf(index));
    assert.ok(said !== undefined && said.length > 0, `window ${index} is answered`);
  };

  it('have its weights in memory once, be they one, two or ten', async () => {
    windows.push(await place.real());
    await windows[0]?.ready();
    await ask(0);
    const pid = windows[0]?.pid ?? 0;
    const one = memoryOf(pid);
    windows.push(await place.real());
    await ask(1);
    const two = memoryOf(pid);
    while (windows.length < 10) windows.push(await place.real());
    for (let index = 2; index < 10; index++) await ask(index);
    const ten = memoryOf(pid);
    assert.equal(new Set(windows.map((window) => window.pid)).size, 1);
    console.log(`      memory in MB of 1, 2, 10 windows: ${[one, two, ten].map((bytes) => Math.round(bytes / 1e6))}`);
    assert.ok(ten < 2 * one, 'ten windows need less than two processes would');
  });

  it('are answered at the same time', () => Promise.all(windows.map((_, index) => ask(index))));

  it('go on with one new process when it is killed', async () => {
    process.kill(windows[0]?.pid ?? 0, 'SIGKILL');
    const next = await Promise.all(windows.map((window) => window.closed.then(() => place.real())));
    assert.equal(new Set(next.map(({ pid }) => pid)).size, 1);
    windows.splice(0, windows.length, ...next);
    await windows[9]?.ready();
    await ask(9);
  });

  it('have another process for other settings', async () => {
    const other = await place.real({ contextSize: 1_024 });
    assert.notEqual(other.pid, windows[0]?.pid);
    await other.leave('alone');
    await until(() => !isRunning(other.pid));
  });

  it('end it ten seconds after the last one has left', async () => {
    const pid = windows[0]?.pid ?? 0;
    await Promise.all(windows.map((window) => window.leave()));
    const from = performance.now();
    await until(() => !isRunning(pid), 20_000);
    const took = performance.now() - from;
    console.log(`      it ended after ${Math.round(took)} ms`);
    assert.ok(took > 9_000 && took < 15_000, `${took} ms`);
  });
});

/** What a process has to itself and its share of what it has with others, in bytes. */
function memoryOf(pid: number): number {
  const pss = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(pss) * 1024;
}
