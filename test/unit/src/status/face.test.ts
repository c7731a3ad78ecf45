import assert from 'node:assert/strict';
import type { ClientStatus } from '../../../../src/client/serverProcess';
import { type Facts, faceOf } from '../../../../src/status/face';

const t = (message: string, ...args: string[]): string => message.replaceAll(/\{(\d)\}/g, (_, n) => args[n] ?? '');
const ready: ClientStatus = {
  state: 'ready',
  model: 'A model',
  backend: 'cpu',
  threads: 1,
  gpuLayers: 0,
  layers: 4,
  contextSize: 2048,
  completes: true,
  startMs: 100,
};
const loading: ClientStatus = { state: 'loading', model: 'A model', percent: 41.7 };
const face = (facts: Partial<Facts>) => faceOf({ status: ready, isBusy: false, isSaving: false, ...facts }, t);

describe('the face in the status bar', () => {
  it('tells each state by its icon and in words', () => {
    assert.deepEqual(face({}), { state: 'ready', text: '$(sparkle) Minnow', label: 'ready' });
    assert.deepEqual(face({ isSaving: true }), {
      state: 'saving',
      text: '$(zap) Minnow',
      label: 'ready, saving power',
    });
    assert.equal(face({ status: { state: 'asleep', model: 'A model' } }).label, 'not loaded');
    assert.equal(
      face({ status: { state: 'asleep', model: 'A model' }, isSaving: true }).label,
      'not loaded, saving power',
    );
    assert.deepEqual(face({ isBusy: true }), { state: 'thinking', text: '$(sync~spin) Minnow', label: 'thinking' });
    assert.equal(face({ off: 'No.' }).label, 'off here: No.');
    assert.equal(face({ paused: 'Until 14:05.' }).label, 'paused: Until 14:05.');
    assert.equal(face({ problem: 'It broke.' }).label, 'problem: It broke.');
  });

  it('tells how far loading is', () => {
    assert.deepEqual(face({ status: loading }), {
      state: 'loading',
      text: '$(loading~spin) Minnow 41%',
      label: 'loading, 41 percent',
    });
  });

  it('tells the first that matters', () => {
    const all = { problem: 'p', paused: 'q', off: 'o', isBusy: true, isSaving: true };
    assert.equal(face({ ...all, status: loading }).state, 'problem');
    const { problem: _, ...rest } = all;
    assert.equal(face({ ...rest, status: loading }).state, 'loading');
    assert.equal(face(rest).state, 'thinking');
    assert.equal(face({ ...rest, isBusy: false }).state, 'paused');
    assert.equal(face({ off: 'o', isSaving: true }).state, 'off');
  });

  it('is ready while the model sleeps: the next key wakes it', () => {
    assert.equal(face({ status: { state: 'asleep', model: 'A model' } }).state, 'ready');
  });

  it('tells of downloads beside what it does', () => {
    assert.deepEqual(face({ fetching: 12 }), {
      state: 'ready',
      text: '$(sparkle) Minnow $(cloud-download) 12%',
      label: 'ready, downloading',
    });
    assert.equal(face({ fetching: Number.NaN }).text, '$(sparkle) Minnow $(cloud-download)');
  });
});
