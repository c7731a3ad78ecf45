import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ChatErrors, type ChatProgress, type Turn } from '../../server/chatProtocol';
import type { ChatServer } from '../../src/client/asking';
import { ChatError } from '../../src/client/chatClient';
import { ChatProcess } from '../../src/client/chatProcess';
import { GiveWay } from '../../src/client/giveWay';
import { LspClient } from '../support/lspClient';
import { root } from '../support/server';

const say = (text: string): Turn => ({ role: 'user', text: `say ${JSON.stringify(text)}` });
const words = (count: number): string => Array.from({ length: count }, (_, n) => `word${n}`).join(' ');
const { signal } = new AbortController();
const params = { conversation: 'a', instructions: '', temperature: 0, thinks: false };

/** A process as the extension has it: it has a connection as long as it runs. */
function serverOf(client: LspClient): ChatServer {
  return {
    get connection() {
      return client.process.exitCode === null ? client.connection : undefined;
    },
    settled: () => client.settled(),
  };
}

const fails = (promise: Promise<unknown>, code: ChatError['code']): Promise<void> =>
  assert.rejects(promise, (error: unknown) => error instanceof ChatError && error.code === code);

describe('ChatProcess with a scripted model', () => {
  const giveWay = new GiveWay(() => undefined);
  let client: LspClient;
  let chat: ChatProcess;
  const start = async (...args: string[]): Promise<void> => {
    client = await LspClient.start({ module: path.join(root, 'dist/test/support/scriptedServer.cjs'), args });
    chat = chatOf(serverOf(client));
  };
  const chatOf = (server: ChatServer | undefined): ChatProcess =>
    new ChatProcess({
      chat: () => Promise.resolve(server),
      embedding: () => Promise.resolve(server),
      model: () => undefined,
      onDidChange: () => ({ dispose: () => undefined }),
      giveWay,
    });
  const ask = (text: string, onText: (text: string) => void = () => undefined, stop = signal) => {
    const told: string[] = [];
    const onProgress = (progress: ChatProgress): void => {
      if (progress.kind !== 'text') return;
      told.push(progress.text);
      onText(told.join(''));
    };
    return { result: chat.ask({ ...params, turns: [say(text)] }, onProgress, stop), told };
  };
  afterEach(() => client.stop());

  it('waits for the model, and tells what comes', async () => {
    await start();
    const { result, told } = ask(words(20));
    assert.equal((await result).end, 'complete');
    assert.equal(told.join(''), words(20));
    assert.deepEqual(await chat.countTokens(['a b'], signal), [2]);
    assert.equal((await chat.embed(['a'], signal))?.[0]?.length, 16);
  });

  it('stops when the signal is aborted, while it loads as well', async () => {
    await start();
    const controller = new AbortController();
    const loading = ask('a', undefined, controller.signal);
    controller.abort();
    await fails(loading.result, 'stopped');
    await fails(ask('a', undefined, controller.signal).result, 'stopped');
    const later = new AbortController();
    const { result, told } = ask(words(200), (text) => text.length > 40 && later.abort(), later.signal);
    await fails(result, 'stopped');
    assert.ok(told.join('').length > 40 && words(200).startsWith(told.join('')));
  });

  it('says that no model is chosen', async () => {
    await start();
    chat = chatOf(undefined);
    await fails(ask('a').result, 'none');
    await fails(chat.countTokens(['a'], signal), 'none');
    assert.equal(await chat.embed(['a'], signal), undefined);
  });

  it('says that the process has died, and has told what there was', async () => {
    await start();
    const { result, told } = ask('One, two, DIE');
    await fails(result, 'died');
    assert.equal(told.join(''), 'One, two,');
    await fails(ask('a').result, 'died');
  });

  it('says what the server refuses', async () => {
    await start('--room=500');
    await fails(ask(words(600)).result, 'tooLong');
    await client.stop();
    await start('--noChat');
    await fails(ask('a').result, 'noChat');
    await client.stop();
    await start('--fail');
    await assert.rejects(ask('a').result, { code: 'failed', message: 'outOfMemory' });
    assert.ok(
      Object.values(ChatErrors).every((code) => code > 1000),
      'not those of the transport',
    );
  });

  it('holds its answer while typing is answered by another process', async () => {
    await start();
    const { result, told } = ask(words(40));
    await delay(500);
    giveWay.hear(true);
    await delay(150);
    const before = told.length;
    assert.ok(before > 0);
    await delay(300);
    assert.equal(told.length, before);
    giveWay.hear(false);
    await result;
    assert.equal(told.join(''), words(40));
  });
});
