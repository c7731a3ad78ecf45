import assert from 'node:assert/strict';
import { Snooze, tomorrow } from '../../../../src/completion/snooze';
import { untilWords } from '../../../../src/completion/untilWords';
import { standingClock } from '../../../support/scriptedClient';

const MINUTE = 60_000;

function editor() {
  const { clock, pass } = standingClock();
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const open = () => {
    const snooze = new Snooze({ memory, clock });
    const told: (number | undefined)[] = [];
    snooze.onDidChange(() => told.push(snooze.until));
    return { snooze, told };
  };
  const wait = (ms: number, step = 10_000): void => {
    for (let passed = 0; passed < ms; passed += step) pass(step);
  };
  return { open, wait, pass, kept, now: clock.now };
}

describe('Snooze', () => {
  it('pauses for a while and goes on by itself, and tells both', async () => {
    const { open, wait, now } = editor();
    const { snooze, told } = open();
    const until = now() + 5 * MINUTE;
    await snooze.pause(until);
    assert.equal(snooze.until, until);
    wait(4 * MINUTE + 50_000);
    assert.deepEqual(told, [until]);
    wait(20_000);
    assert.equal(snooze.until, undefined);
    assert.deepEqual(told, [until, undefined]);
  });

  it('holds over a reload, and for the time that is left', async () => {
    const { open, wait, now } = editor();
    const before = open();
    await before.snooze.pause(now() + 5 * MINUTE);
    before.snooze.dispose();
    wait(2 * MINUTE);
    const { snooze, told } = open();
    assert.notEqual(snooze.until, undefined);
    wait(3 * MINUTE);
    assert.deepEqual(told, [undefined]);
  });

  it('is over when the machine has slept through its end', async () => {
    const { open, pass, now } = editor();
    const { snooze, told } = open();
    await snooze.pause(now() + 30 * MINUTE);
    // All timers come late, at once.
    pass(8 * 60 * MINUTE);
    assert.equal(told.at(-1), undefined);
    assert.equal(told.length, 2);
  });

  it('does not get longer where the clock is set back, and bears that a clock is put right', async () => {
    const { clock } = standingClock();
    let offset = 0;
    const set = { ...clock, now: () => clock.now() + offset };
    const kept = new Map<string, unknown>();
    const update = async (key: string, value: unknown) => void kept.set(key, value);
    const snooze = new Snooze({ memory: { get: (key) => kept.get(key), update }, clock: set });
    await snooze.pause(set.now() + 5 * MINUTE);
    offset = -MINUTE / 2;
    assert.notEqual(snooze.until, undefined);
    offset = -60 * MINUTE;
    assert.equal(snooze.until, undefined);
    snooze.dispose();
  });

  it('is one for all windows: the others see it at once, and tell when they look', async () => {
    const { open, now } = editor();
    const [one, other] = [open(), open()];
    await one.snooze.pause(now() + MINUTE);
    assert.equal(other.snooze.until, one.snooze.until);
    other.snooze.look();
    assert.equal(other.told.length, 1);
    await other.snooze.resume();
    assert.equal(one.snooze.until, undefined);
    one.snooze.look();
    assert.deepEqual(one.told.at(-1), undefined);
  });

  it('takes what it cannot read for no pause', () => {
    const { open, kept, now } = editor();
    for (const wrong of [{ since: 0, until: 'later' }, now() + MINUTE, null, [], { until: now() + MINUTE }]) {
      kept.set('completion.snoozed', wrong);
      assert.equal(open().snooze.until, undefined);
    }
  });
});

describe('the words for a pause', () => {
  const t = (message: string, ...args: string[]): string => message.replace('{0}', args[0] ?? '');
  const now = new Date(2026, 0, 2, 13, 0).getTime();

  it('tell the time, and the day where it is far', () => {
    const words = (until: number): string => untilWords(until, { now, locale: 'en-GB', t });
    assert.equal(words(now + 65 * MINUTE), 'Completions are paused until 14:05.');
    assert.match(words(now + 25 * 60 * MINUTE), /03\/01\/2026/);
  });

  it('mean the next morning by tomorrow, also shortly after midnight and at the end of a month', () => {
    const at = (...day: [number, number, number, number]): number => new Date(2026, ...day).getTime();
    assert.equal(tomorrow(at(0, 2, 13, 0)), at(0, 3, 6, 0));
    assert.equal(tomorrow(at(0, 2, 0, 10)), at(0, 3, 6, 0));
    assert.equal(tomorrow(at(0, 31, 23, 59)), at(1, 1, 6, 0));
  });
});
