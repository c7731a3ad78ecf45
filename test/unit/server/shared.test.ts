import assert from 'node:assert/strict';
import { type Guest, Life } from '../../../server/shared/life';
import { Log } from '../../../server/shared/log';

/** A life with a clock of the test's own. */
function lifeOf(graceMs = 10) {
  const events: string[] = [];
  let timer: { readonly ms: number; readonly call: () => void } | undefined;
  const life = new Life({
    graceMs: () => graceMs,
    firstMs: 30,
    end: () => events.push('end'),
    after: (ms, call) => {
      timer = { ms, call };
      return () => {
        timer = undefined;
      };
    },
  });
  const guest = (name: string): Guest => ({
    willEnd: () => {
      events.push(`told ${name}`);
      return Promise.resolve();
    },
  });
  return { life, events, guest, timer: () => timer };
}

describe('the life of a shared process', () => {
  it('ends when nobody comes', () => {
    const { events, timer } = lifeOf();
    assert.equal(timer()?.ms, 30);
    timer()?.call();
    assert.deepEqual(events, ['end']);
  });

  it('goes on while a window is there, and a grace longer', () => {
    const { life, events, guest, timer } = lifeOf();
    const [a, b] = [guest('a'), guest('b')];
    life.enter(a);
    assert.equal(timer(), undefined);
    life.enter(b);
    life.leave(a, undefined);
    assert.equal(timer(), undefined);
    life.leave(b, undefined);
    assert.equal(timer()?.ms, 10);
    life.enter(guest('c'));
    assert.equal(timer(), undefined, 'a window has come back');
    assert.deepEqual(events, []);
  });

  it('counts a window once that leaves twice', () => {
    const { life, events, guest, timer } = lifeOf();
    const [a, b] = [guest('a'), guest('b')];
    life.enter(a);
    life.enter(b);
    life.leave(a, undefined);
    life.leave(a, 'alone');
    assert.equal(timer(), undefined);
    assert.deepEqual(events, []);
  });

  it('ends at once when the last one needs it no more, and not while others do', () => {
    const { life, events, guest } = lifeOf();
    const [a, b] = [guest('a'), guest('b')];
    life.enter(a);
    life.enter(b);
    life.leave(a, 'alone');
    assert.deepEqual(events, []);
    life.leave(b, 'alone');
    assert.deepEqual(events, ['end']);
  });

  it('ends for all when one asks for that, once the others were told', async () => {
    const { life, events, guest } = lifeOf();
    const [a, b, c] = [guest('a'), guest('b'), guest('c')];
    for (const each of [a, b, c]) life.enter(each);
    life.leave(a, 'all');
    life.leave(b, 'all');
    await new Promise(setImmediate);
    assert.deepEqual(events, ['told b', 'told c', 'told c', 'end']);
  });

  it('tells a window as well that comes while the others are told', async () => {
    const { life, events, guest } = lifeOf();
    const [a, b] = [guest('a'), guest('b')];
    life.enter(a);
    life.leave(a, 'all');
    life.enter(b);
    await new Promise(setImmediate);
    assert.deepEqual(events, ['told b', 'end']);
  });
});

describe('the log of a shared process', () => {
  const hearer = () => {
    const lines: string[] = [];
    return {
      lines,
      log: (text: string) => void lines.push(text),
      warn: (text: string) => void lines.push(`! ${text}`),
    };
  };

  it('tells all who are there, and the first one what was said before', () => {
    const log = new Log();
    const [a, b] = [hearer(), hearer()];
    log.warn('early');
    const hush = log.tell(a);
    log.tell(b);
    log.log('late');
    hush();
    log.log('later');
    assert.deepEqual(a.lines, ['! early', 'late']);
    assert.deepEqual(b.lines, ['late', 'later']);
  });

  it('keeps the newest lines only while nobody is there', () => {
    const log = new Log();
    for (let line = 0; line < 1_000; line++) log.log(String(line));
    const a = hearer();
    log.tell(a);
    assert.equal(a.lines.length, 200);
    assert.equal(a.lines.at(-1), '999');
  });
});
