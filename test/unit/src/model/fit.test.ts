import assert from 'node:assert/strict';
import { embeddedModel, find, type Model } from '../../../../models/catalog';
import type { Gpu, Machine } from '../../../../src/hardware/machine';
import { fitOf, fitTogether } from '../../../../src/model/advice/fit';
import { contextBytes, memoryNeeded, useFor } from '../../../../src/model/advice/memory';

const GB = 1024 ** 3;
const machine = (cores: number, memory: number, ...gpus: Gpu[]): Machine => ({
  platform: 'linux',
  arch: 'x64',
  cores,
  cpu: 'test',
  memoryBytes: memory * GB,
  gpus,
});
const card = (memory: number): Gpu => ({ name: 'card', backend: 'cuda', memoryBytes: memory * GB, isUnified: false });
const apple = (memory: number): Gpu => ({ name: 'M', backend: 'metal', memoryBytes: memory * GB, isUnified: true });
const b05 = find('qwen2.5-coder-0.5b-q8_0');
const b15 = find('qwen2.5-coder-1.5b-q4_k_m');
const b7 = find('qwen2.5-coder-7b-q4_k_m');
const chat7 = find('qwen2.5-coder-7b-instruct-q4_k_m');
const b30 = find('qwen3-coder-30b-a3b-instruct-q4_k_m');

describe('memoryNeeded', () => {
  it('has contexts of 4,096 tokens within 2 % of what was measured', () => {
    const b01 = find('smollm2-135m-instruct-q4_k_m');
    const measured: [Model, number, number][] = [
      [b01, 128, 120e6],
      [b01, 512, 197e6],
      [b05, 128, 129e6],
      [b05, 512, 365e6],
      [b15, 128, 197e6],
      [b15, 512, 435e6],
    ];
    for (const [model, batch, bytes] of measured) {
      const error = contextBytes(model, 4096, batch) / bytes - 1;
      assert.ok(Math.abs(error) < 0.02, `${model.id}, ${batch}: ${(error * 100).toFixed(1)} %`);
    }
  });

  it('has the server with the embedded model within what was measured, 229 to 314 MB', () => {
    const { contextSize, sequences } = useFor('completion', embeddedModel);
    assert.equal(contextSize, 2048);
    const bytes = memoryNeeded(embeddedModel, contextSize, 64, sequences);
    assert.ok(bytes > 229e6 && bytes < 314e6, String(bytes));
  });

  it('takes a large vocabulary where none was seen, and no logits for what writes nothing', () => {
    const { vocabulary: _, ...unknown } = b05;
    assert.ok(contextBytes(unknown, 4096, 512) >= contextBytes(b05, 4096, 512));
    assert.equal(contextBytes(find('nomic-embed-text-v1.5-q8_0'), 2048, 512), 0);
  });
});

describe('fitOf', () => {
  const use = { contextSize: 4096, sequences: 3 };
  const verdict = (model: Model, on: Machine, others = 0): string => {
    const { where, verdict } = fitOf(model, on, { ...use, others });
    return `${verdict} ${where}`;
  };

  it('takes the graphics card when all of it has room there with a margin', () => {
    assert.equal(verdict(b7, machine(8, 16, card(8))), 'fits gpu');
    assert.equal(fitOf(b7, machine(8, 16, card(8)), use).backend, 'cuda');
  });

  it('calls it tight when the margin is not left', () => {
    assert.equal(verdict(b7, machine(8, 16, card(6))), 'tight gpu');
    assert.equal(verdict(b7, machine(8, 7)), 'tight memory');
  });

  it('splits what a card has no room for, and leaves a card alone that would hold next to nothing of it', () => {
    assert.equal(verdict(b7, machine(8, 16, card(4))), 'fits split');
    assert.equal(verdict(b30, machine(8, 32, card(4))), 'fits memory');
    assert.equal(verdict(b30, machine(8, 16, card(4))), 'tooBig memory');
  });

  it('leaves the editor and the system a quarter of the memory, and two gigabytes at least', () => {
    const needed = memoryNeeded(b30, 4096, 64, 3) / GB;
    assert.equal(verdict(b30, machine(8, needed / 0.75 + 0.01)), 'fits memory');
    assert.equal(verdict(b30, machine(8, needed / 0.75 - 0.01)), 'tight memory');
    const small = memoryNeeded(b05, 4096, 64, 3) / GB;
    assert.equal(verdict(b05, machine(2, small + 2.01)), 'fits memory');
    assert.equal(verdict(b05, machine(2, small + 0.99)), 'tooBig memory');
  });

  it('counts on seven tenths of unified memory, or on what the driver allows when that is less', () => {
    const { spareBytes } = fitOf(b7, machine(10, 32, apple(0)), use);
    assert.ok(Math.abs(spareBytes / (32 * GB) - 0.7 * 0.95) < 1e-9);
    assert.equal(verdict(b7, machine(10, 32, apple(0))), 'fits gpu');
    assert.equal(verdict(b7, machine(10, 32, apple(5))), 'fits memory');
    assert.equal(verdict(b7, machine(10, 8, apple(0))), 'fits memory');
  });

  it('counts what the model of another role takes', () => {
    assert.equal(verdict(b7, machine(8, 16, card(8)), 5 * GB), 'fits split');
    assert.equal(verdict(b7, machine(8, 16), 9 * GB), 'tooBig memory');
    assert.equal(verdict(b7, machine(8, 16, apple(0)), 9 * GB), 'tooBig memory');
  });

  it('does not count on a card of which nobody knows the memory', () => {
    assert.equal(verdict(b05, machine(8, 16, card(0))), 'fits memory');
  });
});

describe('fitTogether', () => {
  const pair = [
    { model: b15, role: 'completion' },
    { model: chat7, role: 'chat' },
  ] as const;

  it('runs both where both have room', () => {
    assert.equal(fitTogether(pair, machine(8, 32), 0), 'both');
    assert.equal(fitTogether(pair, machine(10, 32, apple(0)), 0), 'both');
    assert.equal(fitTogether(pair, machine(8, 16, card(8)), 0), 'both');
  });

  it('runs one at a time where only each alone has room, or the budget says so', () => {
    assert.equal(fitTogether(pair, machine(8, 8), 0), 'oneAtATime');
    assert.equal(fitTogether(pair, machine(10, 8, apple(0)), 0), 'oneAtATime');
    assert.equal(fitTogether(pair, machine(8, 64), 7e9), 'oneAtATime');
  });

  it('says when one is too big, whatever the other is', () => {
    assert.equal(fitTogether([pair[0], { model: b30, role: 'chat' }], machine(8, 16), 0), 'tooBig');
    assert.equal(fitTogether(pair, machine(8, 64), 3e9), 'tooBig');
  });
});
