import assert from 'node:assert/strict';
import type { FromPage, PageModel, Suggestion, ToPage } from '../../../../media/messages';
import { type Acts, Chat } from '../../../../src/chat/chat';
import { PageHandler } from '../../../../src/chat/handle';
import { pageModel } from '../../../../src/chat/model';
import { PastConversations } from '../../../../src/chat/past';
import type { Attachment, Subject } from '../../../../src/chat/question';
import { Store } from '../../../../src/chat/store';
import { diskFolder } from '../../../../src/folder';
import { inFolder } from '../../../support/modelFiles';
import { scriptedClient, scriptedContext, settle, standingClock, t, usage } from '../../../support/scriptedClient';

const fileOf = (name: string): Attachment => ({
  id: name,
  label: name,
  detail: name,
  icon: 'file',
  subject: { kind: 'file', uri: `file:///${name}` },
});

/** A window on a folder of conversations; another one on the same folder is the same window after a restart. */
function openWindow(folder: string, memory = new Map<string, unknown>(), isOn = true) {
  const { client, last } = scriptedClient();
  const { clock, pass } = standingClock();
  const told: ToPage[] = [];
  const did: unknown[] = [];
  let ids = 0;
  const note =
    (name: string) =>
    async (...args: readonly unknown[]): Promise<void> =>
      void did.push([name, ...args]);
  const acts: Acts = {
    copy: note('copy'),
    insert: note('insert'),
    say: note('say'),
    apply: note('apply'),
    openLink: note('openLink'),
    showMarkdown: note('showMarkdown'),
    chooseModel: note('chooseModel'),
    manageTrust: note('manageTrust'),
    restartModel: note('restartModel'),
    showLog: note('showLog'),
  };
  const past = new PastConversations({
    store: new Store(diskFolder(folder), clock.now),
    memory: { get: (key) => memory.get(key), update: async (key, value) => void memory.set(key, value) },
    isOn: () => isOn,
    onRenamed: () => assert.fail('renamed'),
    onFailure: (error) => assert.fail(String(error)),
    newId: () => `id-${memory.size}-${++ids}-${Math.random().toString(36).slice(2)}`,
    clock,
    locale: 'en',
    t,
  });
  const context = {
    ...scriptedContext(),
    implicit: () => fileOf('seen.ts'),
    suggest: (_kind: string, query: string, signal: AbortSignal): Promise<readonly Suggestion[]> =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
        if (query !== 'slow') resolve([]);
      }),
    fromUris: async (uris: readonly string[]) => uris.map(fileOf),
    open: async (subject: Subject): Promise<void> => void did.push(['open', subject]),
  };
  const chat = new Chat({
    client,
    context,
    past,
    page: { tell: (message) => told.push(message), reveal: note('reveal') },
    acts,
    offer: async () => undefined,
    words: { failure: String, t },
    isTrusted: () => true,
    options: () => ({ temperature: 0, thinks: false }),
    report: (error) => assert.fail(String(error)),
    clock,
    t,
  });
  const handler = new PageHandler({ chat, context, acts });
  const handle = (message: FromPage): Promise<void> => handler.handle(message);
  /** Asks from the page, and has it answered. */
  const exchange = async (text: string, said: string): Promise<void> => {
    const asked = handle({ type: 'ask', text });
    const request = await last();
    request.tell({ kind: 'read', prompt: usage() });
    request.tell({ kind: 'text', text: said });
    await request.end();
    await asked;
    await past.flush();
  };
  const newest = <K extends ToPage['type']>(type: K) => {
    const found = told.findLast((message) => message.type === type);
    return found as Extract<ToPage, { readonly type: K }> | undefined;
  };
  return { chat, handle, last, told, did, memory, exchange, newest, past, context, pass };
}

describe('Chat', () => {
  it('tells a page that comes into sight everything, and nothing while there is none', () =>
    inFolder(async (folder) => {
      const { chat, handle, told, newest } = openWindow(folder);
      await chat.attach([fileOf('a.ts')], 'Why');
      assert.deepEqual(told, []);
      await handle({ type: 'ready' });
      assert.deepEqual(
        told.map(({ type }) => type),
        ['conversation', 'room', 'chips', 'focus', 'model', 'room'],
      );
      assert.deepEqual(
        newest('chips')?.chips.map(({ id }) => id),
        ['seen.ts', 'a.ts'],
      );
      assert.deepEqual(newest('focus'), { type: 'focus', text: 'Why' });
    }));

  it('asks about the chips, and begins anew with them after that', () =>
    inFolder(async (folder) => {
      const { chat, handle, exchange, newest, context, did } = openWindow(folder);
      await handle({ type: 'ready' });
      await handle({ type: 'drop', uris: ['b.ts', 'c.ts'] });
      await handle({ type: 'removeChip', id: 'b.ts' });
      await handle({ type: 'removeChip', id: 'seen.ts' });
      await exchange('Why?', '```ts c.ts\nx\n```');
      assert.deepEqual(
        context.asks[0]?.attachments.map(({ id }) => id),
        ['c.ts'],
      );
      assert.deepEqual(
        newest('chips')?.chips.map(({ id }) => id),
        ['seen.ts'],
      );
      const [{ id = '' } = {}] = (await chat.current()).kept.exchanges;
      await handle({ type: 'openChip', id: 'c.ts', exchange: id });
      await handle({ type: 'apply', id, block: 0, code: 'x' });
      assert.deepEqual(did.at(-2), ['open', { kind: 'file', uri: 'file:///c.ts' }]);
      const [what, code, block, files] = did.at(-1) as [string, string, { readonly info: string }, readonly string[]];
      assert.deepEqual([what, code, block.info, files], ['apply', 'x', 'ts c.ts', ['file:///c.ts']]);
    }));

  it('comes back after a restart in the middle of an answer, which can be gone on with', () =>
    inFolder(async (folder) => {
      const { handle, last, exchange, memory, past, pass } = openWindow(folder);
      await exchange('one', 'first');
      void handle({ type: 'ask', text: 'two' });
      const request = await last();
      request.tell({ kind: 'text', text: 'half' });
      pass(16);
      await past.flush();
      const again = openWindow(folder, memory);
      await again.handle({ type: 'ready' });
      const shown = again.newest('conversation');
      assert.deepEqual(
        shown?.exchanges.map(({ answer }) => [answer.text, answer.state, answer.canContinue]),
        [
          ['first', 'done', false],
          ['half', 'broken', true],
        ],
      );
      assert.equal(shown?.isBusy, false);
    }));

  it('lists, searches, opens and deletes; what is written in one is never told in another', () =>
    inFolder(async (folder) => {
      const { handle, exchange, newest, last, told, chat } = openWindow(folder);
      await handle({ type: 'ready' });
      await exchange('apples', 'red');
      const { id } = (await chat.current()).kept;
      await handle({ type: 'newChat' });
      await exchange('pears', 'green');
      void handle({ type: 'ask', text: 'plums' });
      const stale = await last();
      stale.tell({ kind: 'text', text: 'blue' });
      await handle({ type: 'open', id });
      const before = told.length;
      stale.tell({ kind: 'text', text: ' stale' });
      await settle();
      assert.equal(told.length, before);
      assert.equal(newest('conversation')?.title, 'apples');
      await handle({ type: 'searchHistory', request: 1, query: 'BLUE' });
      assert.deepEqual(
        newest('history')?.items.map(({ title, found, isCurrent }) => [title, found, isCurrent]),
        [['pears', 'blue', false]],
      );
      await handle({ type: 'searchHistory', request: 2, query: '' });
      await handle({ type: 'delete', id });
      assert.equal(newest('conversation')?.exchanges.length, 0);
      const history = newest('history');
      assert.deepEqual([history?.request, history?.items.map(({ title }) => title)], [2, ['pears']]);
      assert.equal(
        (await diskFolder(folder).files()).some(({ name }) => name.startsWith(id)),
        false,
      );
      await handle({ type: 'undelete', id });
      assert.deepEqual(
        newest('history')
          ?.items.map(({ title }) => title)
          .toSorted(),
        ['apples', 'pears'],
      );
      await handle({ type: 'open', id });
      assert.equal(newest('conversation')?.title, 'apples');
    }));

  it('writes nothing where no history is wished for', () =>
    inFolder(async (folder) => {
      const { exchange, memory } = openWindow(folder, new Map(), false);
      await exchange('secret', 'answer');
      assert.deepEqual(await diskFolder(folder).files(), []);
      assert.equal(memory.size, 0);
    }));

  it('drops the suggestions that the page has not waited for', () =>
    inFolder(async (folder) => {
      const { handle, told } = openWindow(folder);
      await handle({ type: 'ready' });
      const slow = handle({ type: 'suggest', request: 1, kind: '@', query: 'slow' });
      await handle({ type: 'suggest', request: 2, kind: '@', query: 'quick' });
      await slow;
      const answered = told.flatMap((message) => (message.type === 'suggestions' ? [message.request] : []));
      assert.deepEqual(answered, [2]);
    }));
});

describe('pageModel', () => {
  const words = { failure: (code: string) => `It is ${code}.`, t };
  const ready = { state: 'ready', model: 'M', backend: 'cpu', threads: 1, gpuLayers: 0, layers: 1 } as const;
  const facts = { contextSize: 1, completes: false, startMs: 1 };

  it('is what the model is doing', () => {
    const of = (status: Parameters<typeof pageModel>[0] & object): PageModel => pageModel(status, undefined, words);
    const name = 'M';
    const chat = { tools: false, thinks: false };
    assert.equal(of({ name, status: { ...ready, ...facts, chat } }).state, 'ready');
    assert.equal(of({ name, status: { ...ready, ...facts } }).state, 'failed');
    assert.equal(of({ name, status: { state: 'asleep', model: name } }).state, 'asleep');
    assert.deepEqual(of({ name, status: { state: 'stopped' } }), { state: 'failed', name, sentence: 'It is stopped.' });
  });

  it('tells in two sentences what to do without one, and offers one', () => {
    const none = pageModel(undefined, { title: 'Get M', detail: '1 GB' }, words);
    assert.deepEqual(none.state === 'none' && [none.sentences.length, none.offer], [
      2,
      { title: 'Get M', detail: '1 GB' },
    ]);
    assert.equal(pageModel(undefined, undefined, words).state, 'none');
  });
});
