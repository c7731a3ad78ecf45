import assert from 'node:assert/strict';
import type { ClientStatus } from '../../../../src/client/serverProcess';
import { type TooltipFacts, tooltipLines, tooltipText } from '../../../../src/status/tooltip';
import { t } from '../../../support/scriptedClient';

const ready = {
  state: 'ready',
  model: 'A model',
  backend: 'cpu',
  threads: 3,
  gpuLayers: 0,
  layers: 4,
  contextSize: 2048,
  completes: true,
  startMs: 100,
} satisfies ClientStatus;
const lines = (facts: Partial<TooltipFacts>) =>
  tooltipLines({ status: ready, isSaving: false, isElsewhere: false, ...facts }, t);

describe('the tooltip of the status bar', () => {
  it('says what runs where', () => {
    assert.deepEqual(lines({}), ['A model on this machine (processor, 3 threads). Nothing leaves it.']);
    assert.match(lines({ status: { ...ready, threads: 1 } })[0] ?? '', /one thread/);
    assert.match(lines({ status: { ...ready, backend: 'cuda' } })[0] ?? '', /\(CUDA\)/);
  });

  it('does not call it this machine where the model runs on a remote one', () => {
    const [line = ''] = lines({ isElsewhere: true });
    assert.match(line, /on the remote machine/);
    assert.doesNotMatch(line, /this machine/);
  });

  it('says what is special: a speed that was measured, a choice that did not hold, power that is saved', () => {
    assert.ok(lines({ lineMs: 61.4 }).includes('About 61 ms per line here.'));
    assert.match(lines({ status: { ...ready, fallback: 'cuda' } }).join(), /could not start, so the processor/);
    assert.match(lines({ missed: { name: 'B', why: 'absent' } }).join(), /B is not on this machine/);
    assert.match(lines({ missed: { name: 'B', why: 'failed' } }).join(), /B could not be loaded/);
    assert.match(lines({ isSaving: true }).join(), /^.*Saving power/);
  });

  it('fetches nothing and leads nowhere, whatever a model is called', () => {
    const model = '![a](https://example.org/seen.png) [b](command:c) <img src="https://example.org">\n# *D*';
    const text = tooltipText(`ready: ${model}`, lines({ status: { ...ready, model } }));
    assert.match(text, /^\*\*Minnow\*\* — ready/);
    assert.doesNotMatch(text, /(?<!\\)[[\]<>#]|\n(?!\n)(?<!\n\n)/);
    assert.match(text, /\\\*D\\\*/);
  });

  it('says of a model that sleeps only that', () => {
    assert.deepEqual(lines({ status: { state: 'asleep', model: 'A model' }, lineMs: 9 }), [
      'A model is not loaded. It is loaded when you write.',
    ]);
    assert.deepEqual(lines({ status: { state: 'stopped' } }), []);
  });
});
