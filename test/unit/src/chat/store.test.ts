import assert from 'node:assert/strict';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BEGINNING, emptyConversation, type Kept } from '../../../../src/chat/exchange';
import { interrupted, parseKept } from '../../../../src/chat/keptJson';
import { SAVE_EVERY_MS, Saver } from '../../../../src/chat/saver';
import { Store } from '../../../../src/chat/store';
import { diskFolder } from '../../../../src/folder';
import { inFolder } from '../../../support/modelFiles';
import { settle, standingClock } from '../../../support/scriptedClient';

const conversation = (id: string, text: string, changed = 1): Kept => ({
  ...emptyConversation(id, changed),
  title: text,
  exchanges: [
    {
      id: 'e',
      question: {
        text,
        attachments: [
          {
            id: 'a',
            label: 'a.ts:1-2',
            detail: 'a.ts',
            icon: 'file',
            subject: { kind: 'file', uri: 'file:///a.ts', lines: [0, 1] },
          },
        ],
      },
      prompt: { text, context: [{ id: 'a', title: 'a.ts', text: 'x', priority: 1 }] },
      answer: { ...BEGINNING, state: 'writing', text: 'Wri' },
      room: { used: 5, of: 10 },
    },
  ],
});
const storeIn = (folder: string, most?: number): Store => new Store(diskFolder(folder), () => Date.now(), most);

describe('Store', () => {
  it('gives back what was kept, in another window, and leaves nothing else behind', () =>
    inFolder(async (folder) => {
      const kept = conversation('one', 'Why ünïcode 🐟?');
      assert.equal(await storeIn(folder).save(kept), 'one');
      assert.deepEqual(await storeIn(folder).load('one'), kept);
      assert.deepEqual(await readdir(folder), ['one.json']);
      assert.equal(await storeIn(folder).load('two'), undefined);
    }));

  it('lists the newest first, and skips a broken file and puts it aside', () =>
    inFolder(async (folder) => {
      const store = storeIn(folder);
      await store.save(conversation('old', 'old', 1));
      await store.save(conversation('new', 'new', 2));
      await writeFile(path.join(folder, 'half.json'), '{"version":1,"id":"half"');
      await writeFile(path.join(folder, 'liar.json'), JSON.stringify(conversation('../../else', 'x')));
      const ids = async () => (await store.all()).map(({ id }) => id);
      assert.deepEqual(await ids(), ['new', 'old']);
      assert.deepEqual(await ids(), ['new', 'old']);
      assert.deepEqual((await readdir(folder)).toSorted(), [
        'half.json.broken',
        'liar.json.broken',
        'new.json',
        'old.json',
      ]);
    }));

  it('never overwrites what another window wrote: this one goes on under another name', () =>
    inFolder(async (folder) => {
      const [mine, theirs] = [storeIn(folder), storeIn(folder)];
      await mine.save(conversation('one', 'mine'));
      await theirs.load('one');
      await theirs.save(conversation('one', 'theirs'));
      const id = await mine.save(conversation('one', 'mine, longer'));
      assert.notEqual(id, 'one');
      assert.equal((await mine.load(id))?.title, 'mine, longer');
      assert.equal((await theirs.load('one'))?.title, 'theirs');
      assert.equal(await mine.save(conversation(id, 'mine, longest')), id);
    }));

  it('keeps the newest so many, and removes what a killed window left', () =>
    inFolder(async (folder) => {
      const store = storeIn(folder, 3);
      await store.save(conversation('first', 'first'));
      await writeFile(path.join(folder, 'x.1.tmp'), '{');
      for (const name of ['first.json', 'x.1.tmp']) await utimes(path.join(folder, name), 1000, 1000);
      for (const id of ['b', 'c', 'd']) await store.save(conversation(id, id));
      assert.deepEqual((await readdir(folder)).toSorted(), ['b.json', 'c.json', 'd.json']);
    }));

  it('keeps what was written just now where the clock was set back', () =>
    inFolder(async (folder) => {
      const store = storeIn(folder, 2);
      const tomorrow = Date.now() / 1000 + 86_400;
      for (const [n, id] of ['a', 'b'].entries()) {
        await store.save(conversation(id, id));
        await utimes(path.join(folder, `${id}.json`), tomorrow + n, tomorrow + n);
      }
      await store.save(conversation('now', 'now'));
      assert.deepEqual((await readdir(folder)).toSorted(), ['b.json', 'now.json']);
    }));

  it('leaves the old file whole when writing fails, and goes on after that', () =>
    inFolder(async (folder) => {
      const real = diskFolder(folder);
      let isFull = false;
      const write = async (name: string, text: string): Promise<void> => {
        await real.write(name, isFull ? text.slice(0, 10) : text);
        if (isFull) throw new Error('ENOSPC');
      };
      const store = new Store({ ...real, write }, () => 0);
      await store.save(conversation('one', 'before'));
      isFull = true;
      await assert.rejects(store.save(conversation('one', 'after')), /ENOSPC/);
      assert.equal(parseKept(await readFile(path.join(folder, 'one.json'), 'utf8'))?.title, 'before');
      assert.deepEqual(await readdir(folder), ['one.json']);
      isFull = false;
      assert.equal(await store.save(conversation('one', 'after')), 'one');
    }));

  it('tells an answer that was being written as broken off', () => {
    const [exchange] = interrupted(conversation('one', 'x'), 'The window was closed.').exchanges;
    assert.equal(exchange?.answer.state, 'broken');
    assert.equal(exchange?.answer.canContinue, true);
    assert.deepEqual(exchange?.answer.notes, ['The window was closed.']);
    assert.equal(exchange?.answer.text, 'Wri');
  });
});

describe('Saver', () => {
  const saverWith = (save: (kept: Kept) => Promise<string>) => {
    const { clock, pass } = standingClock();
    const renamed: string[] = [];
    const failures: unknown[] = [];
    const onRenamed = (from: string, to: string): void => void renamed.push(`${from} ${to}`);
    const saver = new Saver({ save, onRenamed, onFailure: (error) => failures.push(error), clock });
    return { saver, pass, renamed, failures };
  };

  it('writes every two seconds while it grows, and at once when it is over', async () => {
    const written: string[] = [];
    const { saver, pass } = saverWith(async ({ id, title }) => {
      written.push(title);
      return id;
    });
    for (let second = 0; second < 10; second++) {
      saver.keep(conversation('one', `at ${second}`), false);
      pass(SAVE_EVERY_MS / 2);
      await settle();
    }
    assert.deepEqual(written, ['at 1', 'at 3', 'at 5', 'at 7', 'at 9']);
    saver.keep(conversation('one', 'begun'), false);
    saver.keep(conversation('one', 'over'), true);
    await settle();
    pass(SAVE_EVERY_MS);
    await settle();
    assert.equal(written.at(-1), 'over');
    assert.equal(written.length, 6);
  });

  it('goes on under the new name at once, and does not write what was deleted', async () => {
    const written: string[] = [];
    const { saver, pass, renamed } = saverWith(async ({ id }) => {
      written.push(id);
      return id === 'one' ? 'fork' : id;
    });
    saver.keep(conversation('one', 'x'), true);
    saver.keep(conversation('one', 'y'), true);
    await settle();
    saver.keep(conversation('one', 'z'), true);
    await settle();
    assert.deepEqual(written, ['one', 'fork']);
    assert.deepEqual(renamed, ['one fork']);
    saver.keep(conversation('two', 'x'), false);
    saver.forget('two');
    pass(SAVE_EVERY_MS);
    await settle();
    assert.equal(written.length, 2);
  });

  it('tells of a failure, and writes the next state nevertheless', async () => {
    let isFull = true;
    const { saver, failures } = saverWith(async ({ id }) => {
      if (isFull) throw new Error('full');
      return id;
    });
    saver.keep(conversation('one', 'x'), true);
    await settle();
    isFull = false;
    saver.keep(conversation('one', 'y'), true);
    await saver.flush();
    assert.equal(failures.length, 1);
  });
});
