import assert from 'node:assert/strict';
import { embeddedModel, find, type Model } from '../../../../models/catalog';
import {
  activeBytes,
  assumedPace,
  ESTIMATE_FACTOR,
  estimatedPace,
  estimateLineMs,
  type Measured,
  paceOf,
} from '../../../../src/model/advice/speed';

const b05 = find('qwen2.5-coder-0.5b-q8_0');
const b15 = find('qwen2.5-coder-1.5b-q4_k_m');
const b7 = find('qwen2.5-coder-7b-q8_0');
/** As it was measured, with 8 bits: the catalog's has 4. */
const b01: Model = { ...find('smollm2-135m-instruct-q4_k_m'), bytes: 144e6 };

/** Two cores of an AMD EPYC (Zen 4): tokens read in a second in prompts of 1,024, milliseconds of a token at depth 16. */
const measured: readonly { readonly model: Model; readonly read: number; readonly tokenMs: number }[] = [
  { model: b01, read: 640, tokenMs: 8.6 },
  { model: b05, read: 254, tokenMs: 27 },
  { model: b15, read: 89, tokenMs: 33.2 },
];
const lineMs = (read: number, tokenMs: number): number => (2 / read) * 1000 + 10 * tokenMs;
const as = (model: Model, read: number, tokenMs: number, more: Partial<Measured> = {}): Measured => ({
  modelId: model.id,
  backend: 'cpu',
  readPerSecond: read,
  writtenPerSecond: 1000 / tokenMs,
  lineMs: lineMs(read, tokenMs),
  when: 1,
  ...more,
});
const within = (estimate: number, truth: number, text: string): void =>
  assert.ok(Math.abs(Math.log(estimate / truth)) <= Math.log(ESTIMATE_FACTOR), `${text}: ${estimate} for ${truth}`);

describe('speed of a model', () => {
  it('is estimated from any other one within the stated factor', () => {
    for (const from of measured)
      for (const to of measured) {
        if (to === from) continue;
        const pace = estimatedPace(to.model, from.model, as(from.model, from.read, from.tokenMs));
        const name = `${from.model.id} → ${to.model.id}`;
        assert.equal(pace.basis, 'estimated', name);
        within(pace.readPerSecond, to.read, `${name}, read`);
        within(1000 / pace.writtenPerSecond, to.tokenMs, `${name}, token`);
        within(pace.lineMs, lineMs(to.read, to.tokenMs), `${name}, line`);
      }
  });

  it('is what was measured of it last, where it was', () => {
    const pace = paceOf(b05, 'cpu', [
      as(b05, 100, 50, { when: 1 }),
      as(b05, 200, 20, { when: 3, lineMs: 210 }),
      as(b05, 150, 30, { when: 2 }),
      as(b05, 900, 5, { when: 4, backend: 'cuda' }),
    ]);
    assert.deepEqual(pace, { readPerSecond: 200, writtenPerSecond: 50, lineMs: 210, basis: 'measured' });
  });

  it('is estimated from the model next in size', () => {
    const far = as(embeddedModel, 1000, 5);
    const near = as(b05, 254, 27);
    assert.deepEqual(paceOf(b15, 'cpu', [far, near]), paceOf(b15, 'cpu', [near]));
  });

  it('is not known from another backend, or from a model that nobody knows', () => {
    assert.equal(paceOf(b15, 'cuda', [as(b05, 254, 27)]), undefined);
    assert.equal(paceOf(b15, 'cpu', [as(b05, 254, 27, { modelId: 'my-own' })]), undefined);
    assert.equal(estimateLineMs(b15, 'metal', as(b05, 254, 27)), undefined);
    assert.equal(estimateLineMs(b15, 'cpu', as(b05, 254, 27, { modelId: 'my-own' })), undefined);
  });

  it('comes with a range', () => {
    const line = estimateLineMs(b15, 'cpu', as(b05, 254, 27));
    assert.ok(line);
    assert.ok(line.atLeastMs < lineMs(89, 33.2) && lineMs(89, 33.2) < line.atMostMs);
    assert.equal(Math.round(line.atMostMs / line.aboutMs / ESTIMATE_FACTOR), 1);
  });

  it('counts of a mixture of experts only those that take part', () => {
    const mixture = find('qwen3-coder-30b-a3b-instruct-q4_k_m');
    assert.ok(activeBytes(mixture) > 1.9e9 && activeBytes(mixture) < 2.1e9);
    const [dense, mixed] = [b7, mixture].map((model) => assumedPace(model, 'cuda', false));
    assert.ok((mixed?.writtenPerSecond ?? 0) > (dense?.writtenPerSecond ?? 0));
  });

  it('is taken to be less than small cards do, and less still where memory is shared', () => {
    const b8 = find('granite-4.1-8b-q4_k_m');
    const m4 = assumedPace(b8, 'metal', true);
    assert.ok(m4.writtenPerSecond < 20.9 && m4.readPerSecond < 225);
    assert.ok(assumedPace(b8, 'vulkan', true).lineMs > 2 * assumedPace(b8, 'vulkan', false).lineMs);
  });
});
