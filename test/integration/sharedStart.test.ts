/** Windows that start a process at a bad moment: they sleep, are busy, are closed or killed. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning } from '../../src/client/endProcess';
import { join } from '../../src/client/join';
import { sharedEngine } from '../../src/client/sharedEngine';
import { embedded, root } from '../support/server';
import { Place, until } from '../support/sharedWindow';

const SLOWLY_MS = 1_500;

describe('a window that starts or joins a shared process', () => {
  let place: Place;
  let slow: string;
  beforeEach(() => {
    place = new Place();
    slow = path.join(place.folder, 'slow.cjs');
    const server = JSON.stringify(path.join(root, 'dist/test/support/scriptedServer.cjs'));
    writeFileSync(slow, `setTimeout(() => require(${server}), ${SLOWLY_MS});`);
  });
  afterEach(() => place.clear());

  const described = (): Promise<void> =>
    until(
      () => readdirSync(place.folder).some((name) => name.startsWith('minnow-')) && place.descriptions().length > 0,
    );

  it('tells of it before it listens: the window may be killed meanwhile', async () => {
    const joining = place.join(slow);
    await described();
    const [{ pid, pipe } = { pid: 0, pipe: '' }] = place.descriptions();
    assert.equal(await join({ pipe, key: '' }, 1_000), 'nobody', 'it does not listen yet');
    assert.equal((await joining).pid, pid);
  });

  it('joins the process of another one that took its lock while it slept, and leaves no second one', async () => {
    const asleep = place.join(slow);
    await described();
    const [first] = place.descriptions();
    const [lock = ''] = readdirSync(place.meeting).filter((name) => name.endsWith('.lock'));
    rmSync(path.join(place.meeting, lock), { recursive: true });
    const [one, other] = await Promise.all([asleep, place.join(slow)]);
    assert.equal(one.pid, other.pid);
    assert.notEqual(one.pid, first?.pid);
    await until(() => !isRunning(first?.pid ?? 0));
    assert.equal(place.descriptions()[0]?.pid, one.pid);
  });

  it('is not there any more when it was closed meanwhile, and nor is what it has started', async () => {
    const closed = new AbortController();
    const { signal } = closed;
    const { env } = place;
    const command = { module: slow, args: [], execArgv: [] };
    const joining = sharedEngine({ command, modelFile: embedded.file, warn: () => undefined, env }, signal);
    await described();
    const [{ pid = 0 } = {}] = place.descriptions();
    closed.abort();
    await assert.rejects(joining, { name: 'AbortError' });
    await until(() => !isRunning(pid));
  });

  it('does not stay with a process of others when it was closed while it waited for the answer', async () => {
    const one = await place.scripted();
    const closed = new AbortController();
    const command = { module: path.join(root, 'dist/test/support/scriptedServer.cjs'), args: ['--graceMs=400'] };
    const parts = { command: { ...command, execArgv: [] }, modelFile: embedded.file, warn: () => undefined };
    process.kill(one.pid, 'SIGSTOP');
    const joining = sharedEngine({ ...parts, env: place.env }, closed.signal);
    await delay(300);
    closed.abort();
    process.kill(one.pid, 'SIGCONT');
    await assert.rejects(joining, { name: 'AbortError' });
    await one.leave();
    await until(() => !isRunning(one.pid));
  });

  it('does not take a process for hung because it was itself too busy to hear the answer', async () => {
    const one = await place.scripted();
    const [described] = place.descriptions();
    assert.ok(described !== undefined);
    const joining = join(described, 500);
    const until = performance.now() + 700;
    while (performance.now() < until);
    const joined = await joining;
    assert.ok(typeof joined !== 'string', String(joined));
    assert.equal(joined.pid, one.pid);
    joined.socket.destroy();
  });

  it('knows at once whether the model is loaded, as all others do', async () => {
    const one = await place.scripted();
    assert.equal(one.engine.isLoaded, false);
    await one.ready();
    assert.equal((await place.scripted()).engine.isLoaded, true);
  });

  it('does not join one that another runtime runs: the editor was updated', async () => {
    const one = await place.scripted();
    const { execPath } = process;
    const updated = path.join(place.folder, 'node');
    symlinkSync(execPath, updated);
    process.execPath = updated;
    try {
      assert.notEqual((await place.scripted()).pid, one.pid);
    } finally {
      process.execPath = execPath;
    }
  });

  it('removes what was left behind of any process', async () => {
    await place.scripted();
    const at = path.join(place.meeting, '0123456789abcdef');
    for (const end of ['json.new', 'log']) writeFileSync(`${at}.${end}`, '');
    mkdirSync(`${at}.lock`);
    utimesSync(`${at}.lock`, 0, 0);
    await place.scripted('--room=4096');
    const left = readdirSync(place.meeting).filter((name) => name.startsWith('0123456789abcdef'));
    assert.deepEqual(left, []);
  });

  it('takes a lock that was left behind before the clock was set back', async () => {
    const one = await place.scripted();
    const [name = ''] = readdirSync(place.meeting).filter((each) => each.endsWith('.json'));
    const lock = path.join(place.meeting, name.replace(/json$/, 'lock'));
    mkdirSync(lock);
    const inAnHour = Date.now() / 1000 + 3_600;
    utimesSync(lock, inAnHour, inAnHour);
    assert.equal((await place.scripted()).pid, one.pid);
  });
});
