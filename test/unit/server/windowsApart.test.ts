import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DidGiveWay } from '../../../server/chatProtocol';
import { Engine } from '../../../server/engine';
import { EngineWindow } from '../../../server/engineWindow';
import { CancelledError } from '../../../server/errors';
import type { InfillPrompt, Llm, WindowLlm } from '../../../server/llm/llm';
import {
  DidChangeNeighbours,
  DidChangeSettings,
  DidExtend,
  DidSettle,
  OutcomeRequest,
  SleepRequest,
  StatusRequest,
} from '../../../server/protocol';
import { Syntax } from '../../../server/syntax/syntax';
import { scriptedLlm } from '../../support/scriptedLlm';
import { root } from '../../support/server';
import { TestWindow } from '../../support/windows';

const { signal } = new AbortController();
const uri = 'file:///project/same.ts';

/** An engine whose model keeps the prompts of each window apart, and says as much as it was shown. */
function engineWith(msPerCharacter = 0) {
  const prompts: InfillPrompt[][] = [];
  const left: number[] = [];
  const speak = (): string => 'value();';
  const forWindow = (): WindowLlm => {
    const own = scriptedLlm(speak, {}, msPerCharacter);
    const number = prompts.push(own.prompts) - 1;
    return Object.assign(own, { leave: async () => void left.push(number) });
  };
  const llm: Llm = Object.assign(scriptedLlm(speak), { forWindow });
  const engine = new Engine({ model: 'Scripted', load: () => Promise.resolve(llm) });
  return { engine, prompts, left };
}

const join = (engine: Engine, folder: string) =>
  TestWindow.join({
    engine,
    syntax: Syntax.create(path.join(root, 'dist/grammars')),
    folder,
    settings: { completion: { multiline: true, comments: true } },
  });

describe('windows of one process', () => {
  it('never show the model what another one has open, named or set', async () => {
    const { engine, prompts } = engineWith();
    const windows = [await join(engine, 'file:///project'), await join(engine, 'file:///other')] as const;
    for (const [n, window] of windows.entries()) {
      const secret = n === 0 ? 'ALPHA' : 'BETA';
      await window.open(uri, 'typescript', `// ${secret}\nconst ${secret}1 = compute(${secret});\nconst a = \n`);
      await window.open(`${uri}.near.ts`, 'typescript', `export const ${secret}2 = compute(${secret}, ${secret}1);\n`);
      const definitions = [{ path: `${secret}.ts`, text: `export const ${secret}3 = compute(${secret});\n` }];
      await window.client.sendNotification(DidChangeNeighbours, { uris: [`${uri}.near.ts`], definitions });
    }
    for (let round = 0; round < 3; round++)
      for (const window of windows) {
        await window.type(uri, { line: 2, character: 10 + round }, 'x');
        await window.complete(uri, { line: 2, character: 11 + round });
      }
    const [alpha, beta] = prompts.map((each) => JSON.stringify(each));
    assert.ok(alpha?.includes('ALPHA2') && alpha.includes('ALPHA3') && !alpha.includes('BETA'), alpha);
    assert.ok(beta?.includes('BETA2') && beta.includes('BETA3') && !beta.includes('ALPHA'), beta);
    for (const window of windows) window.leave();
  });

  it('remember answers, outcomes and settings for themselves, and hear the status all alike', async () => {
    const { engine, prompts } = engineWith();
    const [one, other] = [await join(engine, 'file:///project'), await join(engine, 'file:///project')];
    const heard: string[] = [];
    for (const type of [DidSettle, DidExtend])
      other.client.onNotification(type.method, () => void heard.push(type.method));
    for (const window of [one, other]) await window.open(uri, 'typescript', 'const a = \n// said\n');
    await one.complete(uri, { line: 0, character: 10 });
    assert.equal(await other.client.sendRequest(OutcomeRequest), null);
    await one.complete(uri, { line: 0, character: 10 });
    assert.equal(prompts[0]?.length, 1);
    await one.complete(uri, { line: 1, character: 2 });
    await one.complete(uri, { line: 0, character: 10 });
    await other.client.sendRequest(StatusRequest);
    // What became of the one's suggestions is not told to the other.
    assert.deepEqual(heard, []);
    await other.complete(uri, { line: 0, character: 10 });
    // The very same place: the other one's answer is not known here.
    assert.equal(prompts[1]?.length, 1);
    await one.client.sendNotification(DidChangeSettings, {
      completion: { multiline: true, comments: false, without: ['rest'] },
    });
    await one.complete(uri, { line: 1, character: 7 });
    await other.complete(uri, { line: 1, character: 7 });
    assert.equal(prompts[1]?.length, 2);
    assert.deepEqual(await one.client.sendRequest(StatusRequest), await other.client.sendRequest(StatusRequest));
    one.leave();
    other.leave();
  });

  it('are asked of for sleep in vain while another one works', async () => {
    const { engine } = engineWith(30);
    const [one, other] = [await join(engine, 'file:///project'), await join(engine, 'file:///project')];
    await one.open(uri, 'typescript', 'const a = \n');
    const answer = one.complete(uri, { line: 0, character: 10 });
    await delay(40);
    assert.equal(await other.client.sendRequest(SleepRequest), false);
    assert.equal((await answer)?.insertText, 'value();');
    one.leave();
    other.leave();
  });

  it('end with their connection: what goes on is cancelled, and their places are given back', async () => {
    const { engine, left } = engineWith(20);
    const [one, other] = [await join(engine, 'file:///project'), await join(engine, 'file:///project')];
    for (const window of [one, other]) await window.open(uri, 'typescript', 'const a = \n');
    void one.complete(uri, { line: 0, character: 10 }).catch(() => undefined);
    await one.client.sendNotification(DidGiveWay, { busy: true });
    await delay(30);
    const waiting = engine.giveWay.mayGoOn(signal);
    one.leave();
    await waiting;
    await delay(0);
    assert.deepEqual(left, [0]);
    assert.equal((await other.complete(uri, { line: 0, character: 10 }))?.insertText, 'value();');
    assert.equal(await engine.sleepNow(), true);
    other.leave();
  });

  it('have the oldest of too many requests cancelled', async () => {
    const { engine } = engineWith();
    const window = new EngineWindow(engine);
    const few = window.newest(2);
    const ends: string[] = [];
    const ask = (name: string): Promise<unknown> =>
      few
        .use(
          (_, each) =>
            new Promise<void>((resolve, reject) => {
              each.addEventListener('abort', () => reject(new CancelledError()));
              setTimeout(resolve, 30);
            }),
          signal,
        )
        .then(
          () => ends.push(name),
          (error: unknown) => ends.push(`${name} ${error instanceof CancelledError}`),
        );
    await Promise.all(['a', 'b', 'c', 'd'].map(ask));
    assert.deepEqual(ends.toSorted(), ['a true', 'b true', 'c', 'd']);
    await window.leave();
    await assert.rejects(
      window.use(() => Promise.resolve(), signal),
      CancelledError,
    );
  });
});
