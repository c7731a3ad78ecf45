import assert from 'node:assert/strict';
import type { Range } from '../../../../media/dashboardMessages';
import { parseKept } from '../../../../src/statistics/kept';
import { slotsOf } from '../../../../src/statistics/slots';
import {
  counted,
  dayOf,
  MOST_ROWS,
  merged,
  NO_PERIOD,
  NOTHING,
  pruned,
  sumOf,
  total,
} from '../../../../src/statistics/statistics';
import { boundOf, quantile } from '../../../../src/statistics/times';

const NOON = new Date(2026, 10, 22, 12).getTime();
const DAY_MS = 24 * 3_600_000;
const accepted = (language: string) => ({ languages: { [language]: { accepted: 1, characters: 30 } } });

/** Runs in another time zone, as the process itself sees it. */
function inZone(zone: string, act: () => void): void {
  const before = process.env.TZ;
  process.env.TZ = zone;
  try {
    act();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}

describe('statistics', () => {
  it('add up by name, and keep the highest memory', () => {
    const a = counted(counted(NOTHING, accepted('go'), NOON), { memory: 500 }, NOON);
    const b = counted(counted(NOTHING, accepted('go'), NOON), { ...accepted('rust'), memory: 300 }, NOON);
    const day = merged(a, b).days['2026-11-22'];
    assert.deepEqual(day?.languages, { go: { accepted: 2, characters: 60 }, rust: { accepted: 1, characters: 30 } });
    assert.equal(day?.memory, 500);
    assert.deepEqual(merged(a, b), merged(b, a));
  });

  it('put midnight where the person has it, whatever the time zone', () => {
    const time = Date.UTC(2026, 10, 22, 23, 30);
    inZone('America/Los_Angeles', () => assert.equal(dayOf(time), '2026-11-22'));
    inZone('Asia/Shanghai', () => assert.equal(dayOf(time), '2026-11-23'));
    inZone('Asia/Shanghai', () => {
      const before = new Date(2026, 10, 22, 23, 59, 59).getTime();
      const both = counted(counted(NOTHING, accepted('go'), before), accepted('go'), before + 1_000);
      assert.deepEqual(Object.keys(both.days), ['2026-11-22', '2026-11-23']);
      assert.equal(Object.keys(both.minutes).length, 2);
    });
  });

  it('are kept for a year of days and a day of minutes, over a change to summer time as well', () => {
    inZone('Europe/Berlin', () => {
      const now = new Date(2026, 2, 29, 12).getTime();
      let all = NOTHING;
      for (let day = 0; day < 400; day++) all = counted(all, accepted('go'), now - day * DAY_MS);
      const { days, minutes } = pruned(all, now);
      assert.equal(Object.keys(days).length, 366);
      assert.deepEqual(Object.keys(days).toSorted().slice(0, 1), ['2025-03-29']);
      assert.deepEqual(Object.keys(days).at(-1), '2026-03-29');
      assert.deepEqual(Object.keys(minutes), [String(now / 60_000)]);
    });
  });

  it('outlive a clock that is set back for a while, and are bounded with it', () => {
    let all = NOTHING;
    for (let day = 0; day < 300; day++) all = counted(all, accepted('go'), NOON - day * DAY_MS);
    const wrong = new Date(2020, 0, 1).getTime();
    const meanwhile = pruned(counted(all, accepted('go'), wrong), wrong);
    assert.deepEqual(pruned(meanwhile, NOON).days, all.days);
    const one = all.days['2026-11-22'] ?? NO_PERIOD;
    const ahead = Array.from({ length: 3_000 }, (_, day) => [dayOf(NOON + (1 + day) * DAY_MS), one]);
    const { days } = pruned(merged(all, { days: Object.fromEntries(ahead), minutes: {} }), NOON);
    assert.equal(Object.keys(days).length, 2 * 366);
    assert.deepEqual(days['2026-11-22'], one);
  });

  it('count languages together that are too many', () => {
    let all = NOTHING;
    for (let index = 0; index < 200; index++) all = counted(all, accepted(`language${index}`), NOON);
    const rows = all.days['2026-11-22']?.languages ?? {};
    assert.equal(Object.keys(rows).length, MOST_ROWS);
    assert.deepEqual(rows.other, { accepted: 200 - MOST_ROWS + 1, characters: 30 * (200 - MOST_ROWS + 1) });
    assert.deepEqual(rows.language0, { accepted: 1, characters: 30 });
  });

  it('know no name that is special', () => {
    let all = NOTHING;
    for (const name of ['__proto__', 'constructor', '__proto__', 'toString']) all = counted(all, accepted(name), NOON);
    const sum = total(Object.values(all.days)).languages;
    assert.deepEqual(Object.keys(sum), ['__proto__', 'constructor', 'toString']);
    assert.equal(Object.entries(sum)[0]?.[1].accepted, 2);
  });
});

describe('slots', () => {
  for (const [zone, now] of [
    ['Europe/Berlin', Date.UTC(2026, 2, 29, 14)],
    ['Europe/Berlin', Date.UTC(2026, 9, 25, 14)],
    ['Asia/Kathmandu', Date.UTC(2026, 5, 1, 18, 20)],
    ['Pacific/Apia', Date.UTC(2026, 0, 1, 10, 30)],
  ] as const)
    it(`lose nothing and count nothing twice in ${zone}, also where clocks are changed`, () =>
      inZone(zone, () => {
        let all = NOTHING;
        for (let hour = 0; hour < 23; hour++) all = counted(all, accepted('go'), now - hour * 3_600_000);
        const sum = (range: Range): number =>
          sumOf(total(slotsOf(all, range, now, 'en').map(({ period }) => period)).languages, 'accepted');
        assert.deepEqual([sum('day'), sum('month'), sum('year'), sum('hour')], [23, 23, 23, 1]);
        assert.equal(new Set(slotsOf(all, 'month', now, 'en').map(({ label }) => label)).size, 30);
        assert.equal(new Set(slotsOf(all, 'year', now, 'en').map(({ label }) => label)).size, 12);
      }));
});

describe('times', () => {
  it('give a median that is right to its bounds, and add up', () => {
    const times: Record<string, number> = {};
    for (let ms = 1; ms <= 1000; ms++) times[boundOf(ms)] = (times[boundOf(ms)] ?? 0) + 1;
    assert.ok(Math.abs((quantile(times, 0.5) ?? 0) - 500) <= 10);
    assert.ok(Math.abs((quantile(times, 0.9) ?? 0) - 900) <= 10);
    assert.equal(quantile({}, 0.5), undefined);
    assert.equal(quantile({ [boundOf(500_000)]: 1 }, 1), 60_000);
  });
});

describe('parseKept', () => {
  const kept = { version: 1, id: 'a-1', taken: ['b'], statistics: counted(NOTHING, accepted('go'), NOON) };
  const without = (change: object): string => JSON.stringify({ ...kept, ...change });

  it('reads what was written', () => assert.deepEqual(parseKept(JSON.stringify(kept)), kept));

  it('lets what a later version wrote alone', () =>
    assert.equal(parseKept(without({ version: 2, statistics: [] })), 'newer'));

  for (const [name, text] of Object.entries({
    nothing: '',
    half: JSON.stringify(kept).slice(0, 80),
    'a list': '[]',
    'another identifier': without({ id: '../x' }),
    'no days': without({ statistics: { minutes: {} } }),
    'a day that is none': without({ statistics: { days: { today: {} }, minutes: {} } }),
    'text for a number': JSON.stringify(kept).replaceAll('"accepted":1', '"accepted":"1"'),
    'a number without end': JSON.stringify(kept).replaceAll('"accepted":1', '"accepted":1e999'),
    'a number that adds up to no number': JSON.stringify(kept).replaceAll('"accepted":1', '"accepted":1e308'),
    'a negative number': JSON.stringify(kept).replaceAll('"accepted":1', '"accepted":-1'),
  }))
    it(`refuses ${name}`, () => assert.equal(parseKept(text), undefined));
});
