import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChatProgress } from '../../../../server/chatProtocol';
import { GiveWay } from '../../../../server/conversation/giveWay';
import { Outbox } from '../../../../server/conversation/outbox';
import { CancelledError } from '../../../../server/errors';

const { signal } = new AbortController();
const took = async (work: Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work;
  return performance.now() - started;
};

describe('GiveWay', () => {
  it('lets chat go on at once while nobody types', async () => {
    assert.ok((await took(new GiveWay().mayGoOn(signal))) < 20);
  });

  it('holds chat until the other one is ready', async () => {
    const giveWay = new GiveWay();
    giveWay.set(true);
    setTimeout(() => giveWay.set(false), 100);
    const ms = await took(Promise.all([giveWay.mayGoOn(signal), giveWay.mayGoOn(signal)]));
    assert.ok(ms > 80 && ms < 600, `${ms}`);
    assert.ok((await took(giveWay.mayGoOn(signal))) < 20);
  });

  it('goes on by itself after a second', async () => {
    const giveWay = new GiveWay();
    giveWay.set(true);
    // The gate alone keeps no process alive.
    const ms = await took(Promise.race([giveWay.mayGoOn(signal), delay(3000)]));
    assert.ok(ms > 900 && ms < 2000, `${ms}`);
  });

  it('waits for typing in any window, and not for a window that has gone', async () => {
    const giveWay = new GiveWay();
    const [one, other] = [{}, {}];
    giveWay.set(true, one);
    giveWay.set(true, other);
    giveWay.set(false, one);
    setTimeout(() => giveWay.set(false, other), 100);
    const ms = await took(giveWay.mayGoOn(signal));
    assert.ok(ms > 80 && ms < 600, `${ms}`);
  });

  it('waits for a second at most, however often it is told', async () => {
    const giveWay = new GiveWay();
    giveWay.set(true);
    const again = setInterval(() => giveWay.set(true), 100);
    const ms = await took(giveWay.mayGoOn(signal));
    clearInterval(again);
    giveWay.set(false);
    assert.ok(ms > 900 && ms < 2000, `${ms}`);
  });

  it('ends with the signal', async () => {
    const giveWay = new GiveWay();
    giveWay.set(true);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(giveWay.mayGoOn(controller.signal), CancelledError);
    giveWay.set(false);
  });
});

describe('Outbox', () => {
  const text = (piece: string): ChatProgress => ({ kind: 'text', text: piece });

  it('sends the first piece at once and joins the others, in order, the last one too', () => {
    const sent: ChatProgress[] = [];
    const outbox = new Outbox<ChatProgress>((progress) => sent.push(progress));
    outbox.tell({ kind: 'thought', text: 'a' });
    assert.equal(sent.length, 1);
    for (const progress of [{ kind: 'thought', text: 'b' } as const, text('c'), text('d')]) outbox.tell(progress);
    outbox.tell({ kind: 'toolCall', call: { id: '1', name: 'x', parameters: {} } });
    outbox.tell(text('e'));
    assert.equal(sent.length, 1);
    outbox.flush();
    assert.deepEqual(
      sent.map((each) => ('text' in each ? `${each.kind} ${each.text}` : each.kind)),
      ['thought a', 'thought b', 'text cd', 'toolCall', 'text e'],
    );
  });

  it('sends at most sixty messages in a second, and forgets nothing', async () => {
    const sent: ChatProgress[] = [];
    const outbox = new Outbox<ChatProgress>((progress) => sent.push(progress));
    const started = performance.now();
    let told = '';
    for (let n = 0; n < 300; n++) {
      told += `${n},`;
      outbox.tell(text(`${n},`));
      await delay(1);
    }
    outbox.flush();
    const frames = (performance.now() - started) / (1000 / 60);
    // The first at once, the last at the end; timers count in whole milliseconds.
    assert.ok(sent.length <= frames * 1.05 + 2, `${sent.length} in ${frames} frames`);
    assert.equal(sent.map((each) => ('text' in each ? each.text : '')).join(''), told);
  });

  it('tells only the newest of how far reading is', () => {
    const sent: ChatProgress[] = [];
    const outbox = new Outbox<ChatProgress>((progress) => sent.push(progress));
    for (const done of [1, 2, 3]) outbox.tell({ kind: 'reading', done, of: 3 });
    outbox.flush();
    assert.deepEqual(
      sent,
      [1, 3].map((done) => ({ kind: 'reading', done, of: 3 })),
    );
  });
});
