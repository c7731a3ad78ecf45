import assert from 'node:assert/strict';
import type { ReadyStatus } from '../../../../../server/protocol';
import { idOf, Known } from '../../../../../src/chat/native/information';

const ready = (part: Partial<ReadyStatus>): ReadyStatus => ({
  state: 'ready',
  model: 'Some 1B',
  backend: 'cpu',
  threads: 1,
  gpuLayers: 0,
  layers: 1,
  contextSize: 8_192,
  completes: false,
  chat: { tools: true, thinks: false },
  startMs: 1,
  ...part,
});
const asleep = { name: 'Some 1B', status: { state: 'asleep', model: 'Some 1B' } } as const;

describe('Known', () => {
  it('shares the room between question and answer', () => {
    const known = new Known();
    const model = { name: 'Some 1B', status: ready({}) };
    known.see(model);
    const { maxInputTokens, maxOutputTokens, capabilities } = known.information(model) ?? assert.fail();
    assert.deepEqual([maxInputTokens, maxOutputTokens], [6_144, 2_048]);
    assert.deepEqual(capabilities, { toolCalling: true, imageInput: false });
    known.see({ name: 'Some 1B', status: ready({ contextSize: 100_000 }) });
    assert.equal(known.information(model)?.maxInputTokens, 6_144);
    known.seeRoom('Some 1B', 32_768);
    known.see(model);
    assert.deepEqual(known.information(model)?.maxInputTokens, 32_768 - 4_096);
  });

  it('still knows it while the model sleeps; before it has been seen it supposes little room, and tools', () => {
    const known = new Known();
    assert.equal(known.information(asleep)?.maxInputTokens, 3_072);
    assert.equal(known.information(asleep)?.capabilities.toolCalling, true);
    assert.equal(known.takesTools('Some 1B'), true);
    known.see({ name: 'Some 1B', status: ready({ chat: { tools: false, thinks: false } }) });
    known.see(asleep);
    assert.equal(known.information(asleep)?.maxInputTokens, 6_144);
    assert.equal(known.takesTools('Some 1B'), false);
    assert.equal(known.information(asleep)?.capabilities.toolCalling, false);
  });

  it('names no model where none is chosen, or it does not chat', () => {
    const known = new Known();
    assert.equal(known.information(undefined), undefined);
    const { chat: _, ...deaf } = ready({});
    const model = { name: 'Some 1B', status: deaf };
    known.see(model);
    assert.equal(known.information(model), undefined);
    assert.equal(known.information(asleep), undefined);
  });

  it('makes identifiers without slashes and blanks', () => {
    assert.equal(idOf('Qwen3.5 0.8B (Q4/K)'), 'qwen3.5-0.8b-q4-k');
  });
});
