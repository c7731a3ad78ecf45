import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../../../../server/protocol';
import { Figures } from '../../../../src/status/figures';
import { type MenuFacts, menuOf } from '../../../../src/status/menu';
import { root } from '../../../support/server';

const t = (message: string, ...args: string[]): string => message.replaceAll(/\{(\d)\}/g, (_, n) => args[n] ?? '');
const plain: MenuFacts = {
  why: 'Why.',
  enabled: true,
  isPaused: false,
  model: 'A',
  chatModel: '',
  hasDownloads: false,
  isRemote: false,
};
const entries = (facts: Partial<MenuFacts>) => menuOf({ ...plain, ...facts }, t).flatMap((section) => section.entries);
const labels = (facts: Partial<MenuFacts>) => entries(facts).map(({ label }) => label);

describe('the menu in the status bar', () => {
  it('leads to commands that exist', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const known = new Set(manifest.contributes.commands.map(({ command }: { command: string }) => command));
    for (const { command } of entries({ language: { id: 'go', isOn: true }, hasDownloads: true }))
      assert.ok(known.has(command) || command.startsWith('workbench.'), command);
    for (const { command } of entries({ isPaused: true }))
      assert.ok(known.has(command) || command.startsWith('workbench.'), command);
  });

  it('offers to pause what is on, to go on with what is paused, and neither where it is off', () => {
    const pauses = (facts: Partial<MenuFacts>) => labels(facts).filter((label) => /^(Pause|Resume)/.test(label));
    assert.deepEqual(pauses({}), ['Pause for 5 minutes', 'Pause for longer…']);
    assert.deepEqual(pauses({ isPaused: true }), ['Resume completions']);
    assert.deepEqual(pauses({ enabled: false }), []);
  });

  it('names the language only where there is one', () => {
    assert.ok(labels({ language: { id: 'go', isOn: true } }).includes('Turn off for go'));
    assert.ok(labels({ language: { id: 'go', isOn: false } }).includes('Turn on for go'));
    assert.ok(labels({}).every((label) => !label.includes('for go')));
  });

  it('tells speed and reuse, or that nothing is known yet', () => {
    const told = (facts: Partial<MenuFacts>) => entries(facts).map(({ description }) => description);
    assert.ok(told({}).includes('not measured yet'));
    assert.ok(told({ answerMs: 924.9 }).includes('suggestions took about 925 ms here'));
    assert.ok(told({ answerMs: 924.9, lineMs: 61.4 }).includes('about 61 ms per line'));
    assert.ok(told({ lineMs: 61.4, reused: 0.999 }).includes('about 61 ms per line'));
    assert.ok(told({ reused: 0.999 }).includes('99% of tokens reused'));
  });
});

describe('Figures', () => {
  const outcome = (part: Partial<Outcome>): Outcome => ({
    uri: 'file:///a',
    origin: 'model',
    ms: 10,
    engineMs: 5,
    tokensRead: 10,
    tokensReused: 30,
    tokensWritten: 4,
    ...part,
  });

  it('know nothing before the first answer, nor of requests that asked nothing', () => {
    const figures = new Figures();
    figures.note(outcome({ tokensRead: 0, tokensReused: 0 }));
    assert.equal(figures.ms, undefined);
    assert.equal(figures.reused, undefined);
  });

  it('tell the usual time of the model and the share that was reused', () => {
    const figures = new Figures();
    for (const ms of [10, 20, 900]) figures.note(outcome({ ms }));
    figures.note(outcome({ ms: 1, origin: 'memory' }));
    assert.equal(figures.ms, 20);
    assert.equal(figures.reused, 0.75);
  });

  it('forget what was long ago', () => {
    const figures = new Figures();
    figures.note(outcome({ ms: 5_000 }));
    for (let n = 0; n < 50; n++) figures.note(outcome({ ms: 7, tokensRead: 0 }));
    assert.equal(figures.ms, 7);
    assert.equal(figures.reused, 1);
  });
});
