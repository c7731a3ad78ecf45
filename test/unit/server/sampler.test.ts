import assert from 'node:assert/strict';
import { type Candidate, Sampler } from '../../../server/llm/chat/sampler';

const candidates = (...probabilities: readonly number[]): Candidate<number>[] =>
  probabilities.map((probability, token) => ({ token, probability }));
const FEW = candidates(0.5, 0.3, 0.15, 0.05);

/** How often each token was chosen, of `count` times. Each time anew, so that nothing repeats itself. */
function counts(likeliest: readonly Candidate<number>[], temperature: number, count = 2000): number[] {
  const chosen = likeliest.map(() => 0);
  for (let seed = 0; seed < count; seed++) {
    const token = new Sampler<number>(temperature, seed * 7919).choose(likeliest)?.token;
    chosen[token ?? -1] = (chosen[token ?? -1] ?? 0) + 1;
  }
  return chosen;
}

describe('Sampler', () => {
  it('takes the likeliest without temperature, however often it was taken', () => {
    const sampler = new Sampler<number>(0, 1);
    for (let n = 0; n < 100; n++) assert.equal(sampler.choose(FEW)?.token, 0);
  });

  it('chooses the same with the same seed, and another way with another', () => {
    const run = (seed: number): (number | undefined)[] => {
      const sampler = new Sampler<number>(1, seed);
      return Array.from({ length: 50 }, () => sampler.choose(FEW)?.token);
    };
    assert.deepEqual(run(1), run(1));
    assert.notDeepEqual(run(1), run(2));
  });

  it('chooses as often as the probabilities say', () => {
    const [first = 0, second = 0, third = 0] = counts(FEW, 1);
    assert.ok(Math.abs(first / 2000 - 0.5 / 0.95) < 0.05, `${first}`);
    assert.ok(Math.abs(second / 2000 - 0.3 / 0.95) < 0.05, `${second}`);
    assert.ok(Math.abs(third / 2000 - 0.15 / 0.95) < 0.05, `${third}`);
  });

  it('is surer when it is colder, and bolder when it is hotter', () => {
    const share = (temperature: number): number => (counts(FEW, temperature)[0] ?? 0) / 2000;
    assert.ok(share(0.3) > share(1) + 0.2 && share(1) > share(3) + 0.05, `${share(0.3)} ${share(1)} ${share(3)}`);
    assert.equal(share(1e-9), 1);
  });

  it('leaves out what is beyond 0.95 together, and what is far less likely than the likeliest', () => {
    assert.equal(counts(FEW, 5)[3], 0);
    const flat = candidates(0.86, 0.04, 0.04, 0.03, 0.03);
    assert.deepEqual(counts(flat, 5).slice(1), [0, 0, 0, 0]);
  });

  it('chooses from what there is', () => {
    assert.equal(new Sampler<number>(1, 1).choose([]), undefined);
    assert.equal(new Sampler<number>(1, 1).choose(candidates(1))?.token, 0);
  });

  /** What is nearly sure goes on with what was written. */
  const goesOn = (sampler: Sampler<number>, token: number): boolean =>
    sampler.choose([
      { token, probability: 0.97 },
      { token: 1, probability: 0.03 },
    ])?.token === token;

  it('repeats a long passage of code as often as the model wants to, with others between', () => {
    const sampler = new Sampler<number>(1, 1);
    for (let round = 0; round < 4; round++) {
      for (let token = 100; token < 200; token++) assert.ok(goesOn(sampler, token), `${round} ${token}`);
      sampler.note(round);
    }
  });

  it('repeats a few tokens directly', () => {
    const sampler = new Sampler<number>(1, 1);
    for (let at = 0; at < 14; at++) assert.ok(goesOn(sampler, 10 + (at % 2)), `${at}`);
  });

  for (const length of [1, 5, 40])
    it(`leaves a circle of ${length} sooner or later`, () => {
      const sampler = new Sampler<number>(0.7, 1);
      let at = 0;
      while (at < 400 && goesOn(sampler, 10 + (at % length))) at++;
      assert.ok(at >= Math.max(12, 2 * length) && at <= 3 * length + 40, `${at}`);
    });
});
