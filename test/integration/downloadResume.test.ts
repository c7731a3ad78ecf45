import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CancelledDownload } from '../../src/download/faults';
import { journalOf, lockOf, parseJournal, partOf } from '../../src/download/journal';
import { sizeOf } from '../../src/download/ranges';
import { discard, unfinished } from '../../src/download/unfinished';
import type { Downloaded, DownloadOptions, Progress } from '../../src/download/wanted';
import { modelBytes, Place, parallel, quick } from '../support/downloads';
import { root } from '../support/server';

const body = modelBytes(3_000_000);
const shortLock = { lockStaleMs: 2000 };

describe('download that is broken off', () => {
  let place: Place;
  let children: ChildProcess[] = [];
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
    await place.remove();
  });

  /** Bytes that the journal claims. */
  async function claimed(): Promise<number> {
    const text = await readFile(journalOf(place.file), 'utf8').catch(() => '');
    return sizeOf(parseJournal(text)?.onDisk ?? []);
  }

  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  function startChild(options: DownloadOptions): ChildProcess {
    const program = path.join(root, 'dist/test/support/downloadServer.cjs');
    const child = spawn(process.execPath, [program, JSON.stringify(place.wanted()), JSON.stringify(options)]);
    children.push(child);
    return child;
  }

  /** Aborts once so many bytes are on disk. */
  function getUntil(bytes: number, reason: unknown, options = quick): Promise<Downloaded> {
    const stop = new AbortController();
    const onProgress = ({ received }: Progress): void => {
      if (received >= bytes) stop.abort(reason);
    };
    return place.get({ ...options, onProgress }, {}, stop.signal);
  }

  it('goes on in a new process after a kill, and fetches nothing again that was written down', async () => {
    place.serve({ body, bytesPerSecond: 500_000 });
    const child = startChild({ ...parallel, ...shortLock });
    await until(async () => (await claimed()) > 0);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const kept = await claimed();
    const [found] = await unfinished(path.dirname(place.file));
    assert.deepEqual([found?.name, found?.received, found?.bytes], ['model.gguf', kept, body.length]);
    const before = place.hub.seen.length;
    place.serve({ body });
    const seen: Progress[] = [];
    await place.get({ ...parallel, ...shortLock, onProgress: (each) => seen.push(each) });
    assert.deepEqual(await place.content(), body);
    assert.equal(place.hub.askedSince(before), body.length - kept);
    assert.equal(seen[0]?.waiting, 'otherWindow');
    assert.deepEqual(await place.left(), ['']);
  });

  it('pauses and goes on', async () => {
    for (const options of [quick, parallel]) {
      place.serve({ body, bytesPerSecond: options === parallel ? 500_000 : 2_000_000 });
      const paused = (error: unknown): boolean => error instanceof CancelledDownload && error.kept;
      await assert.rejects(getUntil(500_000, 'pause', options), paused);
      assert.deepEqual(await place.left(), ['.part', '.part.json']);
      const kept = await claimed();
      assert.ok(kept >= 500_000, `${kept}`);
      place.serve({ body });
      const before = place.hub.seen.length;
      await place.get(options);
      assert.equal(place.hub.askedSince(before), body.length - kept);
      assert.deepEqual(await place.content(), body);
      await rm(place.file);
    }
  });

  it('leaves nothing when it is cancelled', async () => {
    for (const options of [quick, parallel]) {
      place.serve({ body, bytesPerSecond: 1_000_000 });
      const cancelled = (error: unknown): boolean => error instanceof CancelledDownload && !error.kept;
      await assert.rejects(getUntil(300_000, undefined, options), cancelled);
      assert.deepEqual(await place.left(), []);
    }
    place.serve({ body, status: { code: 503, times: 99 } });
    const stop = new AbortController();
    const waiting = place.get({ ...quick, backoffMs: 60_000 }, {}, stop.signal);
    setTimeout(() => stop.abort(), 50);
    await assert.rejects(waiting, CancelledDownload);
    await assert.rejects(place.get(quick, {}, AbortSignal.abort()), CancelledDownload);
  });

  it('checks what was whole before a pause without fetching it again', async () => {
    place.serve({ body, ranges: 'none' });
    await place.get();
    const bytes = await place.content();
    await rm(place.file);
    await writeFile(partOf(place.file), bytes);
    const { url } = place.wanted();
    const journal = { version: 1, url, bytes: body.length, sha256: null, etag: '"one"', lastModified: null };
    await writeFile(journalOf(place.file), JSON.stringify({ ...journal, onDisk: [[0, body.length]] }));
    const before = place.hub.seen.length;
    await place.get();
    assert.equal(place.hub.askedSince(before), 0);
    assert.deepEqual(await place.left(), ['']);
  });

  it('begins anew where the journal or the bytes are not whole', async () => {
    place.serve({ body });
    const { url } = place.wanted();
    const good = { version: 1, url, bytes: body.length, sha256: null, etag: '"one"', lastModified: null };
    for (const journal of ['', '{"version":1', JSON.stringify({ ...good, onDisk: [[0, 2_000_000]] })]) {
      await mkdir(path.dirname(place.file), { recursive: true });
      await writeFile(partOf(place.file), body.subarray(0, 1_000_000));
      await writeFile(journalOf(place.file), journal);
      const before = place.hub.seen.length;
      await place.get();
      assert.equal(place.hub.askedSince(before), body.length);
      assert.deepEqual(await place.content(), body);
      await rm(place.file);
    }
  });

  it('downloads once for two processes; the second tells how far the first is', async () => {
    place.serve({ body, bytesPerSecond: 1_500_000 });
    const child = startChild({ ...quick, ...shortLock });
    await until(() => place.hub.sent > 100_000);
    const seen: Progress[] = [];
    const got = await place.get({ ...quick, ...shortLock, onProgress: (each) => seen.push(each) });
    assert.equal(got.bytes, body.length);
    assert.ok(seen.every(({ waiting }) => waiting === 'otherWindow'));
    assert.ok((seen.at(-1)?.received ?? 0) > 0);
    assert.equal(child.exitCode ?? (await once(child, 'exit'))[0], 0);
    assert.ok(place.hub.sent <= body.length + 2, `${place.hub.sent}`);
    assert.deepEqual(await place.left(), ['']);
  });

  it('stops only its own waiting, and takes over when the first pauses', async () => {
    place.serve({ body, bytesPerSecond: 2_000_000 });
    const first = new AbortController();
    const other = new AbortController();
    const one = place.get(quick, {}, first.signal);
    await until(() => place.hub.sent > 300_000);
    const waits = place.get(quick, {}, other.signal);
    const takesOver = place.get(quick);
    await assert.rejects(discard(place.file), { fault: 'inUse' });
    assert.equal((await unfinished(path.dirname(place.file)))[0]?.isRunning, true);
    setTimeout(() => other.abort(), 100);
    await assert.rejects(waits, CancelledDownload);
    first.abort('pause');
    await assert.rejects(one, CancelledDownload);
    await takesOver;
    assert.deepEqual(await place.content(), body);
    assert.deepEqual(await place.left(), ['']);
  });

  it('takes the lock again when it was lost, and fetches nothing twice', async () => {
    place.serve({ body, bytesPerSecond: 1_500_000 });
    const got = place.get({ ...quick, ...shortLock });
    await until(() => place.hub.sent > 100_000);
    await rmdir(lockOf(place.file));
    const before = place.hub.seen.length;
    await got;
    assert.deepEqual(await place.content(), body);
    assert.deepEqual(await place.left(), ['']);
    const again = place.hub.askedSince(before);
    assert.ok(again > 0 && again < body.length - 500_000, `${again}`);
  });

  it('is listed and can be discarded', async () => {
    place.serve({ body, bytesPerSecond: 2_000_000 });
    assert.deepEqual(await unfinished(path.dirname(place.file)), []);
    await assert.rejects(getUntil(300_000, 'pause'), CancelledDownload);
    const [found, ...more] = await unfinished(path.dirname(place.file));
    assert.deepEqual(more, []);
    assert.deepEqual([found?.file, found?.isRunning], [place.file, false]);
    await discard(place.file);
    await discard(place.file);
    await discard(path.join(place.folder, 'none', 'model.gguf'));
    assert.deepEqual(await place.left(), []);
  });

  it('keeps no process alive by a timer or connection', async () => {
    place.serve({ body });
    const child = startChild(quick);
    const [code] = await once(child, 'exit');
    assert.equal(code, 0);
  });
});
