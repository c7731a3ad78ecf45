import assert from 'node:assert/strict';
import type { Chart, Range } from '../../../../media/dashboardMessages';
import type { Outcome } from '../../../../server/protocol';
import type { ChatClient } from '../../../../src/client/chatClient';
import { dashboardOf } from '../../../../src/statistics/dashboard';
import { counting, ofOutcome, ofSettled } from '../../../../src/statistics/events';
import { asCsv, asJson } from '../../../../src/statistics/export';
import { counted, NOTHING, type Period, type Statistics } from '../../../../src/statistics/statistics';
import { countedDays, NOW } from '../../../support/countedDays';
import { scriptedClient, t, usage } from '../../../support/scriptedClient';

const outcome = (change: Partial<Outcome>): Outcome => ({
  uri: 'file:///secret/name.ts',
  origin: 'model',
  ms: 90,
  engineMs: 80,
  tokensRead: 10,
  tokensReused: 90,
  tokensWritten: 8,
  ...change,
});
const all = (...events: readonly (Partial<Period> | undefined)[]): Statistics =>
  events.reduce<Statistics>((sum, what) => (what ? counted(sum, what, NOW) : sum), NOTHING);
const show = (statistics: Statistics, range: Range = 'day') =>
  dashboardOf(statistics, { range, isOn: true, now: NOW, locale: 'en' }, t);
const chartOf = (statistics: Statistics, id: Chart['id'], range?: Range): Chart | undefined =>
  show(statistics, range).charts.find((chart) => chart.id === id);

describe('dashboard', () => {
  it('says of events what happened', () => {
    const statistics = all(
      ofSettled({ languageId: 'go', outcome: 'accepted', characters: 40 }),
      ofSettled({ languageId: 'go', outcome: 'typedThrough', characters: 25 }),
      ofSettled({ languageId: 'go', outcome: 'refused', characters: 70 }),
      ofSettled({ languageId: 'rust', outcome: 'refused', characters: 70 }),
      ofOutcome('Tiny', outcome({})),
    );
    const [accepted, characters, speed, reuse] = show(statistics).figures;
    assert.equal(accepted?.value, '25%');
    assert.equal(accepted?.detail, '1 accepted, 1 typed as suggested, 2 passed over');
    assert.equal(characters?.value, '40');
    assert.match(speed?.value ?? '', /^\d+ ms$/);
    assert.equal(reuse?.value, '90%');
    const chart = chartOf(statistics, 'acceptance');
    assert.deepEqual(chart?.labels, ['go', 'rust']);
    assert.deepEqual(
      chart?.series.map(({ values }) => values),
      [
        [1, 0],
        [1, 0],
        [1, 1],
      ],
    );
    assert.deepEqual(chart?.more[0]?.cells, ['33%', '0%']);
  });

  it('counts no time of what the model did not have to do, and no name of a file', () => {
    assert.equal(ofOutcome('Tiny', outcome({ tokensRead: 0, tokensReused: 0, tokensWritten: 0 })), undefined);
    const { origin: _, ...silent } = outcome({ silence: 'unsure' });
    assert.equal(ofOutcome('Tiny', silent)?.times, undefined);
    assert.doesNotMatch(asJson(all(ofOutcome('Tiny', outcome({})))), /secret/);
  });

  it('has a line for each model, or median and ninth tenth where there is one', () => {
    const one = all(...Array.from({ length: 20 }, (_, index) => ofOutcome('Tiny', outcome({ ms: 10 * (index + 1) }))));
    const [median = 0, most = 0] = chartOf(one, 'speed')?.series.map(({ values }) => values.at(-1) ?? 0) ?? [];
    assert.ok(Math.abs(median / 100 - 1) < 0.15 && Math.abs(most / 180 - 1) < 0.15, `${median} ${most}`);
    const two = all(ofOutcome('Tiny', outcome({})), ofOutcome('Large', outcome({ ms: 900 })));
    assert.deepEqual(
      chartOf(two, 'speed')?.series.map(({ name }) => name),
      ['Tiny', 'Large'],
    );
  });

  it('shows the languages used most, and what is left as one row', () => {
    const many = all(
      ...Array.from({ length: 30 }, (_, index) => ({ languages: { [`l${index}`]: { accepted: 1, refused: index } } })),
    );
    const chart = chartOf(many, 'acceptance');
    assert.equal(chart?.labels.length, 10);
    assert.deepEqual([chart?.labels[0], chart?.labels.at(-1)], ['l29', '21 others']);
    for (const { name, values } of chart?.series ?? [])
      assert.equal(
        values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
        { Accepted: 30, 'Typed as suggested': 0, 'Passed over': 435 }[name],
      );
    const ten = all(...Array.from({ length: 10 }, (_, index) => ({ languages: { [`l${index}`]: { accepted: 1 } } })));
    assert.ok(!chartOf(ten, 'acceptance')?.labels.some((label) => label.includes('others')));
  });

  it('draws no speed of times that are none of ours', () =>
    assert.equal(chartOf(all({ times: { Tiny: { '51': 3 } }, memory: 1 }), 'speed'), undefined));

  it('measures chat by what it wrote, whoever asked', async () => {
    const prompt = { ...usage(), tokens: 100, reused: 80 };
    const answer = { end: 'complete', prompt, tokensWritten: 50, tokensPerSecond: 25 } as const;
    const client = { ...scriptedClient().client, onDidChange: () => ({ dispose: () => undefined }) };
    const asked: ChatClient = {
      ...client,
      ask: async () => answer,
      countTokens: async () => [],
      embed: async () => undefined,
    };
    const seen: Partial<Period>[] = [];
    await counting(asked, (what) => seen.push(what)).ask(
      { conversation: 'c', instructions: '', turns: [], temperature: 0, thinks: false },
      () => undefined,
      new AbortController().signal,
    );
    assert.deepEqual(seen[0]?.chat?.Scripted, { answers: 1, read: 20, reused: 80, written: 50, writingMs: 2_000 });
    assert.deepEqual(chartOf(all(seen[0]), 'chat')?.series[0]?.values.at(-1), 25);
  });

  for (const [range, slots] of [
    ['hour', 12],
    ['day', 24],
    ['month', 30],
    ['year', 12],
  ] as const)
    it(`shows the ${range} in ${slots} slots that end now, with all that was counted in it`, () => {
      const chart = chartOf(countedDays(20), 'characters', range);
      assert.equal(chart?.labels.length, slots);
      assert.ok((chart?.series[0]?.values.at(-1) ?? 0) > 0);
      const sum = chart?.series[0]?.values.reduce<number>((total, value) => total + (value ?? 0), 0);
      assert.equal(show(countedDays(20), range).figures[1]?.value, sum?.toLocaleString('en'));
    });

  it('names each month with its year, so that it is no day', () =>
    assert.deepEqual(chartOf(countedDays(20), 'characters', 'year')?.labels.slice(-2), ['Oct 2026', 'Nov 2026']));

  it('tells an empty range from an empty store', () => {
    assert.deepEqual([show(NOTHING).isEmpty, show(NOTHING).isNew], [true, true]);
    const old = counted(
      NOTHING,
      ofSettled({ languageId: 'go', outcome: 'refused', characters: 1 }),
      NOW - 9 * 24 * 3_600_000,
    );
    assert.deepEqual([show(old).isEmpty, show(old).isNew], [true, false]);
    assert.equal(show(old, 'month').isEmpty, false);
  });
});

describe('export of statistics', () => {
  const statistics = all({ languages: { '=HYPERLINK("x")': { accepted: 2 }, go: { accepted: 1 } }, memory: 9 });

  it('writes JSON with all that was counted', () => {
    const value: unknown = JSON.parse(asJson(statistics));
    const at = new Date(NOW).toISOString().replace(/:\d\d\.\d+Z$/, ':00.000Z');
    assert.deepEqual(value, {
      about: (value as { about: string }).about,
      version: 1,
      days: { '2026-11-19': Object.values(statistics.days)[0] },
      minutes: { [at]: Object.values(statistics.minutes)[0] },
    });
  });

  it('writes a line for each number as CSV, and no formula', () => {
    const lines = asCsv(statistics).split('\r\n');
    assert.equal(lines[0], 'from,unit,kind,name,measure,value');
    assert.equal(lines[1], `2026-11-19,day,languages,"'=HYPERLINK(""x"")",accepted,2`);
    assert.equal(lines[2], '2026-11-19,day,languages,go,accepted,1');
    assert.equal(lines[3], '2026-11-19,day,memory,,bytes,9');
    assert.equal(lines.length, 8);
  });
});
