import assert from 'node:assert/strict';
import type { Memory } from '../../../../src/client/modelFile';
import { type BackendRecord, type ChoiceFacts, chooseBackend } from '../../../../src/hardware/backendChoice';
import { forgetBackends, readHistory, recordBackend } from '../../../../src/hardware/backendHistory';

const record = (outcome: BackendRecord['outcome'], day: number, engine = '3.21.1'): BackendRecord => ({
  outcome,
  at: `2026-11-0${day}T00:00:00.000Z`,
  engine,
});
const choose = (facts: Partial<ChoiceFacts>) =>
  chooseBackend({ wished: 'auto', available: ['cuda', 'vulkan'], history: {}, engine: '3.21.1', ...facts });

describe('chooseBackend', () => {
  it('takes the best that is available', () => {
    assert.deepEqual(choose({}), { backend: 'cuda', reason: 'best', crashed: [] });
    assert.deepEqual(choose({ available: [] }), { backend: 'cpu', reason: 'noneAvailable', crashed: [] });
  });

  it('stays with what ran last', () => {
    assert.equal(choose({ history: { vulkan: record('good', 1) } }).backend, 'vulkan');
    const both = choose({ history: { cuda: record('good', 1), vulkan: record('good', 2) } });
    assert.deepEqual(both, { backend: 'vulkan', reason: 'lastGood', crashed: [] });
    const gone = choose({ available: ['cuda'], history: { vulkan: record('good', 1) } });
    assert.deepEqual(gone, { backend: 'cuda', reason: 'best', crashed: [] });
  });

  it('does not take by itself what has crashed', () => {
    const next = choose({ history: { cuda: record('crashed', 1) } });
    assert.deepEqual(next, { backend: 'vulkan', reason: 'best', crashed: ['cuda'] });
    const none = choose({ history: { cuda: record('crashed', 1), vulkan: record('crashed', 1) } });
    assert.deepEqual(none, { backend: 'cpu', reason: 'allCrashed', crashed: ['cuda', 'vulkan'] });
  });

  it('tries again with another version of the engine', () => {
    const history = { cuda: record('crashed', 1, '3.20.0'), vulkan: record('good', 2, '3.20.0') };
    assert.deepEqual(choose({ history }), { backend: 'cuda', reason: 'best', crashed: [] });
  });

  it('takes what is set by hand whatever happened, and the next best where that is missing', () => {
    const history = { cuda: record('crashed', 1) };
    assert.deepEqual(choose({ wished: 'cuda', history }), { backend: 'cuda', reason: 'wished', crashed: [] });
    assert.equal(choose({ wished: 'cpu', history }).backend, 'cpu');
    const missing = choose({ wished: 'metal' });
    assert.deepEqual(missing, { backend: 'cuda', reason: 'best', missing: 'metal', crashed: [] });
    const nothing = choose({ wished: 'cuda', available: [] });
    assert.deepEqual(nothing, { backend: 'cpu', reason: 'noneAvailable', missing: 'cuda', crashed: [] });
  });
});

describe('the history of backends', () => {
  /** Keeps values as text, as the editor does. */
  function memory(): Memory & { readonly kept: Map<string, string> } {
    const kept = new Map<string, string>();
    return {
      kept,
      get: (key) => JSON.parse(kept.get(key) ?? 'null'),
      update: async (key, value) => void kept.set(key, JSON.stringify(value ?? null)),
    };
  }

  it('is kept for each backend, the last outcome of each', async () => {
    const store = memory();
    await recordBackend(store, 'cuda', 'good', '3.21.1', new Date(1));
    await recordBackend(store, 'vulkan', 'good', '3.21.1', new Date(2));
    await recordBackend(store, 'cuda', 'crashed', '3.21.1', new Date(3));
    assert.deepEqual(readHistory(store), {
      cuda: { outcome: 'crashed', at: '1970-01-01T00:00:00.003Z', engine: '3.21.1' },
      vulkan: { outcome: 'good', at: '1970-01-01T00:00:00.002Z', engine: '3.21.1' },
    });
    assert.equal(choose({ history: readHistory(store) }).backend, 'vulkan');
    await forgetBackends(store);
    assert.deepEqual(readHistory(store), {});
  });

  it('leaves out what it cannot read', async () => {
    const store = memory();
    for (const damaged of [7, 'text', [], null, { cuda: 1, vulkan: { outcome: 'fine', at: '', engine: '' } }]) {
      await store.update('hardware.backends', damaged);
      assert.deepEqual(readHistory(store), {});
    }
    await recordBackend(store, 'metal', 'good', '3.21.1');
    assert.equal(readHistory(store).metal?.outcome, 'good');
  });
});
