import assert from 'node:assert/strict';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { asking } from '../../../../src/download/ask';
import type { Connection } from '../../../../src/download/connection';
import { Ledger, MOST_ENTRIES } from '../../../../src/download/ledger';
import { ledgerPage } from '../../../../src/download/ledgerPage';
import { inFolder } from '../../../support/modelFiles';

const t = (message: string, ...args: (string | number)[]): string =>
  message.replace(/\{(\d)\}/g, (_, n) => String(args[Number(n)]));
const entry = { url: 'https://hub.example/a.gguf', when: 1_000, bytes: 5, why: 'Fetching A' };

function fails(error: unknown): void {
  throw error;
}

describe('the network ledger', () => {
  it('is there after a restart, of all windows, the newest first', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'kept', 'ledger.jsonl');
      const [one, two] = [new Ledger(file, fails), new Ledger(file, fails)];
      await Promise.all([one.note(entry), two.note({ ...entry, when: 2_000 }), one.note({ ...entry, when: 3_000 })]);
      const whens = (await new Ledger(file, fails).entries()).map(({ when }) => when);
      assert.deepEqual(whens, [3_000, 2_000, 1_000]);
    }));

  it('keeps no credentials', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'ledger.jsonl');
      const url = 'https://me:token@hub.example/a?sig=x';
      await new Ledger(file, fails).note({ ...entry, url, why: `Fetching ${url}` });
      assert.doesNotMatch(await readFile(file, 'utf8'), /token|sig/);
    }));

  it('is bounded, and lives with lines that are none', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'ledger.jsonl');
      const line = (when: number): string => `${JSON.stringify({ ...entry, when })}\n`;
      await appendFile(file, `{"when":\nnull\n{"when":1e99,"url":"","why":"","bytes":0}\n${line(7)}`);
      const ledger = new Ledger(file, fails);
      assert.deepEqual(
        (await ledger.entries()).map(({ when }) => when),
        [7],
      );
      await appendFile(file, Array.from({ length: 2 * MOST_ENTRIES }, (_, n) => line(n)).join(''));
      await ledger.note({ ...entry, when: 99_999 });
      assert.equal((await readFile(file, 'utf8')).split('\n').length, MOST_ENTRIES + 1);
      assert.equal((await ledger.entries())[0]?.when, 99_999);
    }));

  it('shows what was noted last where the clock was set back by a day', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'ledger.jsonl');
      const tomorrow = 86_400_000;
      const early = Array.from({ length: MOST_ENTRIES }, (_, n) => JSON.stringify({ ...entry, when: tomorrow + n }));
      await appendFile(file, early.join('\n'));
      const ledger = new Ledger(file, fails);
      await ledger.note({ ...entry, when: 5 });
      const whens = (await ledger.entries()).map(({ when }) => when);
      assert.deepEqual([whens.length, whens.at(-1), whens.at(-2)], [MOST_ENTRIES, 5, tomorrow + 1]);
    }));

  it('goes on behind half a line', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'ledger.jsonl');
      await appendFile(file, '{"when":1,"url":"https://hub.ex');
      const ledger = new Ledger(file, fails);
      await ledger.note(entry);
      assert.deepEqual(await ledger.entries(), [entry]);
    }));

  it('is cleared', () =>
    inFolder(async (folder) => {
      const ledger = new Ledger(path.join(folder, 'ledger.jsonl'), fails);
      await ledger.note(entry);
      await ledger.clear();
      assert.deepEqual(await ledger.entries(), []);
    }));

  it('holds no connection up where it cannot be written, and says so', () =>
    inFolder(async (folder) => {
      const failures: unknown[] = [];
      await new Ledger(folder, (error) => void failures.push(error)).note(entry);
      assert.equal(failures.length, 1);
    }));
});

describe('the page of the ledger', () => {
  it('says so when there is nothing', () => assert.match(ledgerPage([], t), /No connection was made yet\./));

  it('has a row for each, which is no Markdown', () => {
    const page = ledgerPage([{ ...entry, why: 'Fetching [a](command:x) | <b>\nc' }], t);
    assert.match(page, /^\| 1970-01-01T00:00:01\.000Z \| https:\/\/hub\.example\/a\.gguf \| Fetching .* \| 5 B \|$/m);
    assert.match(page, /\\\[a\\\]\(command:x\) \\\| \\<b\\> c/);
  });
});

describe('asking', () => {
  const original = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = original;
  });

  it('tells the bytes when they were read, and of what failed', async () => {
    const told: Connection[] = [];
    const ask = asking((connection) => void told.push(connection));
    globalThis.fetch = async () => new Response('12345');
    const { body } = await ask('https://me:secret@hub.example/a?b');
    assert.equal(told.length, 0);
    for await (const chunk of body ?? []) assert.ok(chunk.length > 0);
    assert.deepEqual(
      told.map(({ url, bytes }) => [url, bytes]),
      [['https://hub.example/a', 5]],
    );
    const second = await ask('https://hub.example/c');
    await second.body?.cancel();
    globalThis.fetch = async () => Promise.reject(new TypeError('offline'));
    await assert.rejects(ask('https://hub.example/d'), /offline/);
    assert.deepEqual(
      told.slice(1).map(({ url }) => url),
      ['https://hub.example/c', 'https://hub.example/d'],
    );
  });
});
