import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { isRunning } from '../../src/client/endProcess';
import { CannotShare } from '../../src/client/runtimeFolder';
import { Place, type SharedWindow, until } from '../support/sharedWindow';

const uri = 'file:///sample/a.js';

describe('windows that share a process, with a scripted model', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.clear());

  const ended = (window: SharedWindow): Promise<void> => until(() => !isRunning(window.pid));

  it('are served each for itself, and the exit of one does not end another', async () => {
    const [one, two] = [await place.scripted(), await place.scripted()];
    assert.equal(one.pid, two.pid);
    assert.deepEqual([one.engine.isNew, two.engine.isNew], [true, false]);
    await one.ready();
    assert.equal((await two.status()).state, 'ready');
    assert.equal(await one.complete(uri, 'let first'), 'FIRST');
    assert.equal(await two.complete(uri, 'let second'), 'SECOND');
    await one.leave();
    await one.closed;
    assert.equal(await two.complete('file:///sample/b.js', 'let third'), 'THIRD');
  });

  it('begin at the very same moment and have one process', async () => {
    const windows = await Promise.all(Array.from({ length: 5 }, () => place.scripted()));
    assert.equal(new Set(windows.map(({ pid }) => pid)).size, 1);
    assert.equal(windows.filter(({ engine }) => engine.isNew).length, 1);
  });

  it('have processes of their own where the command lines differ', async () => {
    const [one, two] = [await place.scripted(), await place.scripted('--room=4096')];
    assert.notEqual(one.pid, two.pid);
  });

  it('leave a process that ends after the grace, without a trace but for its last words', async () => {
    const one = await place.scripted();
    const [described] = place.descriptions();
    assert.ok(described !== undefined && existsSync(described.pipe));
    await one.leave();
    const left = performance.now();
    await ended(one);
    assert.ok(performance.now() - left > 350, 'it waits for a window that is reloaded');
    assert.equal(existsSync(described.pipe), false);
    const other = await place.scripted('--room=4096');
    assert.deepEqual(
      place.descriptions().map(({ pid }) => pid),
      [other.pid],
      'the next process removes the description',
    );
  });

  it('come back within the grace to the same process', async () => {
    const one = await place.scripted();
    await one.leave();
    await one.closed;
    const again = await place.scripted();
    assert.equal(again.pid, one.pid);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal((await again.status()).state, 'ready');
  });

  it('end it at once when they need it no more and are alone, and leave it to others when they are not', async () => {
    const [one, two] = [await place.scripted('--graceMs=60000'), await place.scripted('--graceMs=60000')];
    await one.leave('alone');
    await one.closed;
    assert.equal((await two.status()).model, 'Scripted');
    assert.equal(two.wasTold, false);
    await two.leave('alone');
    await two.closed;
    await ended(two);
  });

  it('are told when another one ends it for all, and go on with one new process', async () => {
    const windows = [await place.scripted(), await place.scripted(), await place.scripted()];
    await windows[0]?.leave('all');
    await Promise.all(windows.map(({ closed }) => closed));
    assert.deepEqual(
      windows.map(({ wasTold }) => wasTold),
      [false, true, true],
    );
    const next = await Promise.all(windows.map(() => place.scripted()));
    assert.equal(new Set(next.map(({ pid }) => pid)).size, 1);
    assert.notEqual(next[0]?.pid, windows[0]?.pid);
  });

  it('recover from a kill with one new process for all', async () => {
    const windows = await Promise.all(Array.from({ length: 4 }, () => place.scripted()));
    process.kill(windows[0]?.pid ?? 0, 'SIGKILL');
    const next = await Promise.all(windows.map((window) => window.closed.then(() => place.scripted())));
    assert.equal(new Set(next.map(({ pid }) => pid)).size, 1);
    await next[0]?.ready();
    assert.equal(await next[3]?.complete(uri, 'let back'), 'BACK');
  });

  it('end a process that is stopped, say so, and have one new one', async () => {
    const one = await place.scripted();
    process.kill(one.pid, 'SIGSTOP');
    const two = await place.scripted();
    assert.notEqual(two.pid, one.pid);
    assert.equal(isRunning(one.pid), false);
    assert.match(place.warnings.join(), /does not answer for 5 seconds and is ended/);
  });

  it('hear of a process that dies before it can be joined', async () => {
    const module = path.join(place.folder, 'broken.cjs');
    writeFileSync(module, "console.error('my last words'); process.exit(3);");
    const failure = await place.join(module).catch((error: unknown) => error);
    assert.ok(failure instanceof CannotShare && /ended with 3/.test(failure.message), String(failure));
    const [log = ''] = /\S+\.log/.exec(failure.message) ?? [];
    assert.match(readFileSync(log, 'utf8'), /my last words/);
  });

  it('survive one that breaks off in the midst of a message, and one that sends none', async () => {
    const [one, two, three] = [await place.scripted(), await place.scripted(), await place.scripted()];
    one.engine.socket.write('Content-Length: 100\r\n\r\n{"half":');
    one.engine.socket.destroy();
    two.engine.socket.write('Content-Length: what\r\n\r\n');
    await two.closed;
    await three.ready();
    assert.equal(await three.complete(uri, 'let well'), 'WELL');
  });

  it('survive one that goes while it is answered', async () => {
    const [one, two] = [await place.scripted(), await place.scripted()];
    await one.ready();
    const asked = one.complete(uri, 'let averyveryverylongword').catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    one.engine.socket.destroy();
    assert.equal(await two.complete(uri, 'let well'), 'WELL');
    await Promise.race([asked, one.closed]);
  });
});

describe('the pipe of a shared process', () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.clear());

  /** What the process answers until it hangs up. */
  function heard(pipe: string, says: string): Promise<string> {
    return new Promise((resolve) => {
      let text = '';
      const socket = connect(pipe, () => socket.write(says));
      socket.on('data', (data) => {
        text += String(data);
      });
      socket.on('error', () => undefined).on('close', () => resolve(text));
    });
  }

  it('lets nobody in who does not know the key, and tells them nothing', async () => {
    const one = await place.scripted();
    const [{ pipe = '', key = '' } = {}] = place.descriptions();
    const wrong = [`${'0'.repeat(64)}\n`, `${key} \n`, '\n', 'x'.repeat(5_000), `${key}\nContent-Length: 2\r\n\r\n{}`];
    for (const says of wrong) assert.equal(await heard(pipe, says), '', says.slice(0, 70));
    assert.equal(await one.complete(uri, 'let well'), 'WELL');
  });

  it('hangs up on who says nothing for two seconds', async () => {
    await place.scripted();
    const [{ pipe = '' } = {}] = place.descriptions();
    const from = performance.now();
    assert.equal(await heard(pipe, 'half a ke'), '');
    const took = performance.now() - from;
    assert.ok(took > 1_900 && took < 4_000, `${took} ms`);
  });

  it('does not show its key on the command line or in the process, and closes its files to others', async () => {
    const one = await place.scripted();
    const [{ pipe = '', key = '' } = {}] = place.descriptions();
    if (process.platform === 'linux')
      assert.doesNotMatch(readFileSync(`/proc/${one.pid}/cmdline`, 'utf8'), new RegExp(key));
    assert.equal(statSync(place.meeting).mode & 0o777, 0o700);
    for (const name of readdirSync(place.meeting))
      if (/\.(json|log)$/.test(name)) assert.equal(statSync(path.join(place.meeting, name)).mode & 0o777, 0o600, name);
    assert.equal(path.dirname(pipe), place.meeting);
  });

  it('is none in a folder that is open to others, or is a link', async () => {
    const folder = path.join(place.folder, `minnow-${process.getuid?.()}`);
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    await assert.rejects(
      place.scripted(),
      (error) => error instanceof CannotShare && /open to other/.test(error.message),
    );
    chmodSync(folder, 0o700);
    await place.scripted();
    const linked = new Place();
    symlinkSync(folder, path.join(linked.folder, `minnow-${process.getuid?.()}`));
    await assert.rejects(linked.scripted(), (error) => error instanceof CannotShare && /no folder/.test(error.message));
    linked.clear();
  });

  it('is left alone where it is stale, or the description is none', async () => {
    const one = await place.scripted();
    process.kill(one.pid, 'SIGKILL');
    await one.closed;
    const two = await place.scripted();
    assert.notEqual(two.pid, one.pid);
    const [file = ''] = readdirSync(place.meeting).filter((name) => name.endsWith('.json'));
    process.kill(two.pid, 'SIGKILL');
    await two.closed;
    writeFileSync(path.join(place.meeting, file), '{"pid": 1, "pipe": "/etc/passwd", "key": "no"');
    const three = await place.scripted();
    assert.equal((await three.status()).model, 'Scripted');
    assert.equal(place.descriptions()[0]?.pid, three.pid);
  });
});
