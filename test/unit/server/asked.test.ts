/** What was asked for is not taken away by what the editor asks by itself. */
import assert from 'node:assert/strict';
import { CompleterSession } from '../../support/completerSession';
import { type ScriptedLlm, scriptedLlm } from '../../support/scriptedLlm';

describe('Completer, asked', () => {
  it('keeps what was asked for, whatever the editor asks by itself at that place', async () => {
    const sure = '(a):';
    const llm = scriptedLlm(() => `${sure}\n    return a`);
    const doubting: ScriptedLlm = {
      ...llm,
      async *infill(...request) {
        for await (const { text } of llm.infill(...request)) yield { text, probability: text.length > 4 ? 0.1 : 1 };
      },
    };
    const session = new CompleterSession(doubting, 'def double█');
    assert.equal(await session.shown(), sure);
    const controller = new AbortController();
    const superseded = session.ask({ asked: true, signal: controller.signal });
    controller.abort();
    await assert.rejects(superseded);
    assert.equal(await session.shown(), sure, 'the request that took its place');
    while (session.extended.length === 0) await new Promise(setImmediate);
    assert.equal(await session.shown(), `${sure}\n    return a`, 'and what it says when the block is whole');
    const { suggestions } = await session.ask({ asked: true });
    assert.equal(suggestions[0]?.text, `${sure}\n    return a`);
    assert.equal(await session.shown(), `${sure}\n    return a`, 'the one after it');
    session.type('x');
    assert.equal(await session.shown(), sure, 'elsewhere it is as sure as ever');
  });
});
