import assert from 'node:assert/strict';
import { copyFile, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { diskFolder, type Folder } from '../../../../src/folder';
import { Collector, WRITE_EVERY_MS } from '../../../../src/statistics/collector';
import { counted, NOTHING, type Statistics, sumOf, total } from '../../../../src/statistics/statistics';
import { Store } from '../../../../src/statistics/store';
import { inFolder } from '../../../support/modelFiles';
import { settle, standingClock } from '../../../support/scriptedClient';

let ids = 0;
const some = (count: number): Statistics => counted(NOTHING, { languages: { go: { accepted: count } } }, Date.now());
const acceptedIn = ({ days }: Statistics): number => sumOf(total(Object.values(days)).languages, 'accepted');
const storeIn = (folder: string, change: Partial<Folder> = {}): Store =>
  new Store({ folder: { ...diskFolder(folder), ...change }, now: Date.now, newId: () => `window-${++ids}` });
const jsonsIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /json$/.test(name));

/** As if nobody had written it for long. */
async function age(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await utimes(path.join(folder, name), 1_000, 1_000);
}

describe('store of statistics', () => {
  it('adds up what several windows have written at the same time', () =>
    inFolder(async (folder) => {
      const windows = [storeIn(folder), storeIn(folder), storeIn(folder)];
      for (let round = 0; round < 5; round++) await Promise.all(windows.map((window) => window.add(some(1))));
      assert.equal(acceptedIn(await storeIn(folder).all()), 15);
      assert.equal((await jsonsIn(folder)).length, 3);
    }));

  it('takes in what closed windows have left, once, and deletes it', () =>
    inFolder(async (folder) => {
      for (let closed = 0; closed < 4; closed++) await storeIn(folder).add(some(10));
      await age(folder);
      const windows = [storeIn(folder), storeIn(folder)];
      await Promise.all(windows.map((window) => window.add(some(1))));
      assert.equal(acceptedIn(await storeIn(folder).all()), 42);
      assert.equal((await jsonsIn(folder)).length, 2);
    }));

  it('counts nothing twice where a window died before it could delete what it took in', () =>
    inFolder(async (folder) => {
      await storeIn(folder).add(some(10));
      await age(folder);
      const dying = storeIn(folder, { remove: async () => undefined });
      await dying.add(some(1));
      assert.equal((await jsonsIn(folder)).length, 2);
      assert.equal(acceptedIn(await storeIn(folder).all()), 11);
      const next = storeIn(folder);
      await next.add(some(1));
      assert.equal(acceptedIn(await next.all()), 12);
      await age(folder);
      const last = storeIn(folder);
      await last.add(some(1));
      assert.equal(acceptedIn(await last.all()), 13);
      assert.equal((await jsonsIn(folder)).length, 1);
    }));

  it('goes on under another name where its file was taken in while it slept, or all was reset', () =>
    inFolder(async (folder) => {
      const [sleeper, other] = [storeIn(folder), storeIn(folder)];
      await sleeper.add(some(10));
      await age(folder);
      await other.add(some(1));
      await sleeper.add(some(2));
      assert.equal(acceptedIn(await other.all()), 13);
      await other.clear();
      assert.deepEqual(await readdir(folder), []);
      await sleeper.add(some(3));
      assert.equal(acceptedIn(await other.all()), 3);
    }));

  it('brings nothing back where all is reset while it writes', () =>
    inFolder(async (folder) => {
      const real = diskFolder(folder);
      let isReset = false;
      const files: Folder['files'] = async () => {
        const found = await real.files();
        if (isReset) await storeIn(folder).clear();
        isReset = false;
        return found;
      };
      const store = storeIn(folder, { files });
      await store.add(some(10));
      isReset = true;
      await store.add(some(2));
      assert.equal(acceptedIn(await storeIn(folder).all()), 2);
    }));

  it('skips a damaged file, throws it away when it is old, and lets a later version alone', () =>
    inFolder(async (folder) => {
      const store = storeIn(folder);
      await store.add(some(5));
      const [name = ''] = await jsonsIn(folder);
      await copyFile(path.join(folder, name), path.join(folder, 'copy.json'));
      await writeFile(path.join(folder, 'half.json'), '{"version":1,"id":"half"');
      await writeFile(path.join(folder, 'next.json'), '{"version":2}');
      await writeFile(path.join(folder, 'killed.tmp'), '{');
      assert.equal(acceptedIn(await store.all()), 5);
      await age(folder);
      await store.add(some(1));
      assert.deepEqual((await readdir(folder)).toSorted(), ['next.json', name].toSorted());
    }));

  it('leaves the old file whole when the disk is full', () =>
    inFolder(async (folder) => {
      const real = diskFolder(folder);
      let isFull = false;
      const store = storeIn(folder, {
        write: async (name, text) => {
          await real.write(name, isFull ? text.slice(0, 10) : text);
          if (isFull) throw new Error('ENOSPC');
        },
      });
      await store.add(some(1));
      isFull = true;
      await assert.rejects(store.add(some(1)), /ENOSPC/);
      assert.equal((await readdir(folder)).length, 1);
      isFull = false;
      await store.add(some(1));
      assert.equal(acceptedIn(await store.all()), 2);
    }));

  it('reads again where a file moves while it reads', () =>
    inFolder(async (folder) => {
      await storeIn(folder).add(some(7));
      const [name = ''] = await jsonsIn(folder);
      let reads = 0;
      const real = diskFolder(folder);
      const read = async (asked: string): Promise<string | undefined> => {
        if (++reads === 1) await rename(path.join(folder, name), path.join(folder, name.replace('.', '.window-x.')));
        return real.read(asked);
      };
      assert.equal(acceptedIn(await storeIn(folder, { read }).all()), 7);
    }));

  it('keeps nothing but numbers and names', () =>
    inFolder(async (folder) => {
      await storeIn(folder).add(some(1));
      const [name = ''] = await jsonsIn(folder);
      const text = await readFile(path.join(folder, name), 'utf8');
      assert.match(
        text,
        /^\{"version":1,"id":"window-\d+","taken":\[\],"statistics":\{"days":\{"[\d-]+":\{"languages":\{"go":\{"accepted":1\}\},/,
      );
    }));
});

describe('collector', () => {
  function collectorWith(isOn = true, memory = async (): Promise<number> => 5_000) {
    const { clock, pass } = standingClock();
    const seen = { written: [] as Statistics[], failures: 0, told: 0, isFull: false };
    const store = {
      add: async (counts: Statistics) => {
        if (seen.isFull) throw new Error('full');
        seen.written.push(counts);
      },
      all: async () => NOTHING,
      clear: async () => undefined,
    };
    const collector = new Collector({
      store,
      clock,
      isOn: () => isOn,
      memory,
      onFailure: () => seen.failures++,
      onDidCount: () => seen.told++,
    });
    return { collector, pass, seen };
  }
  const one = { languages: { go: { accepted: 1 } } };

  it('writes a minute after something was counted, with the memory, and not at all while nothing is', async () => {
    const { collector, pass, seen } = collectorWith();
    for (let key = 0; key < 100; key++) collector.count(one);
    pass(WRITE_EVERY_MS - 1);
    await settle();
    assert.equal(seen.written.length, 0);
    pass(1);
    await settle();
    const [written = NOTHING] = seen.written;
    assert.equal(acceptedIn(written), 100);
    assert.equal(total(Object.values(written.days)).memory, 5_000);
    pass(10 * WRITE_EVERY_MS);
    await collector.flush();
    assert.equal(seen.written.length, 1);
  });

  it('writes at the end without asking for the memory', async () => {
    const { collector, pass, seen } = collectorWith();
    collector.count(one);
    await collector.close();
    pass(WRITE_EVERY_MS);
    await settle();
    assert.equal(seen.written.length, 1);
    assert.equal(total(Object.values(seen.written[0]?.days ?? {})).memory, 0);
  });

  it('waits for no process that does not answer: neither to show nor, for long, to write', async () => {
    const { collector, pass, seen } = collectorWith(true, () => new Promise(() => undefined));
    collector.count(one);
    pass(WRITE_EVERY_MS);
    assert.equal(acceptedIn(await collector.all()), 1);
    pass(WRITE_EVERY_MS);
    await settle();
    assert.equal(acceptedIn(seen.written[0] ?? NOTHING), 1);
    assert.equal(acceptedIn(await collector.all()), 0);
  });

  it('loses nothing when it cannot write', async () => {
    const { collector, seen } = collectorWith();
    seen.isFull = true;
    collector.count(one);
    await collector.flush();
    assert.equal(seen.failures, 1);
    assert.equal(acceptedIn(await collector.all()), 1);
    seen.isFull = false;
    collector.count(one);
    await collector.flush();
    assert.equal(acceptedIn(seen.written[0] ?? NOTHING), 2);
  });

  it('counts nothing when it is off, and forgets what waits when it is reset', async () => {
    const off = collectorWith(false);
    off.collector.count(one);
    await off.collector.flush();
    assert.equal(off.seen.written.length, 0);
    const on = collectorWith();
    on.collector.count(one);
    await on.collector.reset();
    await on.collector.flush();
    assert.equal(on.seen.written.length, 0);
    assert.equal(acceptedIn(await on.collector.all()), 0);
  });
});
