/** A long answer while it is written and while it is read: what is drawn how often. Times are printed; counts are asserted. */
import assert from 'node:assert/strict';
import { type ChatPage, openStudio, type Studio } from './lib/chatPage';
import { answer, conversation, exchange, grown, longAnswer, ready } from './lib/messages';
import { type Seen, scrollAll, startCounting, stream } from './lib/observe';

describe('an answer of 2,000 lines', () => {
  let studio: Studio;
  let chat: ChatPage;
  const text = longAnswer(2_000);
  const distance =
    "(() => { const l = document.querySelector('.log'); return l.scrollHeight - l.clientHeight - l.scrollTop; })()";

  beforeEach(async () => {
    studio ??= await openStudio();
    chat = await studio.open();
    await chat.tell(ready, conversation(exchange('1', 'Write much', answer('', { state: 'writing' }))));
  });
  afterEach(() => chat.page.close());
  after(() => studio?.close());

  it('is drawn once a frame and finished blocks are left alone, at 200 messages a second', async () => {
    await chat.page.evaluate(startCounting);
    const seen: Seen = await chat.page.evaluate(stream('1', text, 200, 10));
    print('streaming', seen);
    assert.ok(seen.most <= 1, `${seen.most} times in a frame`);
    assert.equal(seen.touched, 0);
    assert.ok(seen.turns > 20 && seen.turns <= seen.frames + 1, `${seen.turns} times in ${seen.frames} frames`);
    assert.ok((await chat.page.evaluate<number>(distance)) < 2, 'the end is in sight');
    const shown: string = await chat.page.evaluate("document.querySelector('.answer > .body').textContent");
    for (const part of [0, 20, 40]) assert.ok(shown.includes(`Part ${part}`));
  });

  it('looks the same streamed as at once', async () => {
    const html = "document.querySelector('.answer > .body').innerHTML";
    await chat.page.evaluate(stream('1', text, 100, 2));
    await chat.tell({ type: 'exchange', exchange: exchange('1', 'Write much', answer(text)), isBusy: false });
    const streamed = await chat.page.evaluate<string>(html);
    await chat.tell({ ...conversation(exchange('2', 'q', answer(text))), id: 'c2' } as Parameters<ChatPage['tell']>[0]);
    await chat.frames(60);
    assert.equal(streamed, await chat.page.evaluate(html));
  });

  it('is scrolled through', async () => {
    await chat.tell(grown('1', text));
    await chat.frames(60);
    await chat.page.evaluate(startCounting);
    const seen: Seen = await chat.page.evaluate(scrollAll);
    print('scrolling', seen);
    assert.equal(seen.touched, 0);
    assert.ok(seen.frames >= 200, `${seen.frames} frames`);
  });

  it('never moves under one who reads further up, and is followed again from its end', async () => {
    await chat.tell(grown('1', text.slice(0, 20_000)));
    await chat.frames(20);
    const top = "document.querySelector('.log').scrollTop";
    await chat.page.mouse.move(200, 300);
    await chat.page.mouse.wheel(0, -600);
    await chat.until(`${distance} > 300`);
    await chat.frames(10);
    const before = await chat.page.evaluate<number>(top);
    await chat.tell(grown('1', text.slice(0, 40_000)));
    await chat.frames(20);
    assert.ok(Math.abs((await chat.page.evaluate<number>(top)) - before) < 2);
    await chat.page.getByRole('button', { name: 'To the End' }).click();
    await chat.tell(grown('1', text.slice(0, 50_000)));
    await chat.frames(20);
    assert.ok((await chat.page.evaluate<number>(distance)) < 2);
    assert.equal(await chat.page.getByRole('button', { name: 'To the End' }).isVisible(), false);
  });
});

function print(what: string, { frames, longest, late, long, turns, most }: Seen): void {
  const tasks = long.length === 0 ? 'none' : `${long.length}, the longest ${Math.max(...long)} ms`;
  const pace = `${frames} frames, longest pause ${Math.round(longest)} ms, ${late} pauses over 34 ms`;
  console.log(`      ${what}: ${pace}; tasks over 50 ms: ${tasks}; drawn ${turns} times, at most ${most} in a frame`);
}
