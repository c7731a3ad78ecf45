/** Chat gives way to typing in another window, which knows of no chat: by the process that completes for both. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DidAnswerTyping, DidWatchTyping } from '../../server/sharedProtocol';
import { ChatProcess } from '../../src/client/chatProcess';
import { GiveWay } from '../../src/client/giveWay';
import { LspClient } from '../support/lspClient';
import { root } from '../support/server';
import { Place, type SharedWindow, until } from '../support/sharedWindow';

const words = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');

describe('chat while another window types', () => {
  const place = new Place();
  let client: LspClient;
  after(async () => {
    await client.stop();
    place.clear();
  });

  /** As `src/processes.ts` has it. */
  function chatOf(completion: SharedWindow, watched: boolean[]): ChatProcess {
    const giveWay = new GiveWay((on) => {
      watched.push(on);
      void completion.connection.sendNotification(DidWatchTyping, { on });
    });
    completion.connection.onNotification(DidAnswerTyping, ({ busy }) => giveWay.hear(busy));
    const connection = client.connection;
    const server = { connection, settled: () => client.settled() };
    const get = () => Promise.resolve(server);
    const onDidChange = () => ({ dispose: () => undefined });
    return new ChatProcess({ chat: get, embedding: get, model: () => undefined, onDidChange, giveWay });
  }

  it('waits as long as that is answered, then goes on', async () => {
    client = await LspClient.start({ module: path.join(root, 'dist/test/support/scriptedServer.cjs'), args: [] });
    const [asking, typing] = [await place.scripted(), await place.scripted()];
    assert.equal(asking.pid, typing.pid);
    await typing.ready();
    let heardByTyping = 0;
    typing.connection.onNotification(DidAnswerTyping, () => void heardByTyping++);
    const watched: boolean[] = [];
    const told: string[] = [];
    const turns = [{ role: 'user' as const, text: `say ${JSON.stringify(words)}` }];
    const params = { conversation: 'a', instructions: '', temperature: 0, thinks: false, turns };
    const result = chatOf(asking, watched).ask(
      params,
      (progress) => progress.kind === 'text' && told.push(progress.text),
      new AbortController().signal,
    );
    await until(() => told.length > 3);
    let isTyping = true;
    const keys = (async () => {
      for (let n = 0; isTyping; n++) await typing.complete(`file:///sample/${n}.js`, 'let abcdef');
    })();
    await delay(200);
    const before = told.length;
    await delay(600);
    assert.equal(told.length, before, 'it waits');
    isTyping = false;
    await keys;
    await result;
    assert.equal(told.join(''), words);
    assert.deepEqual(watched, [true, false]);
    assert.equal(heardByTyping, 0, 'who types hears and says nothing of it');
  });
});
