import assert from 'node:assert/strict';
import { Costs, SIZES } from '../../../server/llm/chat/costs';
import { Drafts } from '../../../server/llm/chat/drafts';
import { Lookup } from '../../../server/llm/chat/lookup';
import { seeded } from '../../../server/measure/random';

const tokens = (text: string): string[] => text.match(/\w+|\s+|[^\w\s]/g) ?? [];

/** Notes an answer, and tells how many of its tokens were expected. */
function hits(likely: string, answer: string): number {
  const lookup = new Lookup(tokens(likely));
  return tokens(answer).filter((token) => {
    const isHit = lookup.expected(1)[0] === token;
    lookup.note(token);
    return isHit;
  }).length;
}

const misses = (likely: string, answer: string): number => tokens(answer).length - hits(likely, answer);

describe('look-up', () => {
  const text = 'one = two(three, four);\nfive = six(seven, four);\neight = nine(ten, four);\n';

  it('expects what the answer repeats', () => {
    assert.equal(misses(text, text), 0);
    assert.deepEqual(new Lookup(['a', 'b', 'c']).expected(2), ['a', 'b']);
  });

  it('goes on behind something else, left out or put in', () => {
    assert.equal(misses(text, text.replace('two', 'other')), 1);
    assert.ok(misses(text, text.replace('five = six(seven, four);\n', '')) <= 3);
    assert.ok(misses(text, text.replace('five', 'a brand new beginning\nfive')) <= 10);
  });

  it('expects a new name at the places that are to come', () => {
    assert.equal(misses(text, text.replaceAll('four', 'other')), 1);
    assert.equal(misses(text, text.replaceAll('four', 'other.name')), 4);
  });

  it('takes back what it has learned where it does not hold', () => {
    const answer = text.replace('four', 'other');
    assert.equal(misses(text.repeat(3), answer + text.repeat(2)), 2);
  });

  it('expects nothing of what is not there', () => {
    assert.equal(hits(text, 'entirely-different-words'), 0);
    assert.deepEqual(new Lookup<string>([]).expected(4), []);
  });
});

/** Milliseconds of a step. */
type Step = (size: number) => number;

/** Writes an answer by a model that takes so long: how long that was, beside one token after the other. */
function run(likely: readonly number[], answer: readonly number[], step: Step) {
  const drafts = new Drafts(likely, new Costs());
  let ms = 0;
  const sizes: number[] = [];
  const written: number[] = [];
  while (written.length < answer.length) {
    const draft = drafts.next(answer.length - written.length - 1);
    assert.ok(SIZES.includes(draft.length + 1), `${draft.length}`);
    const chosen: number[] = [];
    do chosen.push(answer[written.length + chosen.length] ?? -1);
    while (chosen.length <= draft.length && chosen.at(-1) === draft[chosen.length - 1]);
    const took = step(draft.length + 1);
    drafts.took(draft, chosen, took);
    ms += took;
    sizes.push(draft.length + 1);
    written.push(...chosen);
  }
  assert.deepEqual(written, answer);
  return { sizes, ratio: (answer.length * step(1)) / ms };
}

/** @param costs of `SIZES`, a single token being 1 */
function tabled(size: number, costs: readonly number[]): number {
  return 10 * (costs[SIZES.indexOf(size)] ?? Number.NaN);
}

describe('drafts', () => {
  const text = Array.from({ length: 600 }, (_, n) => n);
  const chance = seeded(1);
  const other = Array.from({ length: 600 }, () => 1000 + Math.floor(chance() * 1e6));
  /** Every third token is another one. */
  const mixed = text.map((token, n) => (n % 3 === 0 ? (other[n] ?? 0) : token));
  const small: Step = (size) => 10 + 6 * (size - 1);
  const parallel: Step = (size) => 10 + 0.1 * (size - 1);
  const serial: Step = (size) => 10 * size;

  it('grow while they are right', () => {
    const { sizes, ratio } = run(text, text, parallel);
    assert.equal(sizes[0], 1);
    assert.equal(Math.max(...sizes), 64);
    assert.ok(ratio > 20, `${ratio}`);
    assert.ok(run(text, text, small).ratio > 1.45);
  });

  it('gain half as much again where most is kept, and lose nothing where batches are dear', () => {
    // What a batch takes beside one token on a small processor, by the format of the weights (`docs/benchmarks.md`).
    const q8: Step = (size) => tabled(size, [1, 1.7, 2.2, 2.6, 3.5, 4.2, 5.8, 7, 10.5, 14, 20, 22]);
    const q4: Step = (size) => tabled(size, [1, 1.9, 2.6, 3.2, 4.3, 5.4, 7.8, 10, 14.5, 19, 25, 29]);
    for (const every of [25, 40, 80]) {
      const answer = text.map((token, n) => (n % every === 0 ? (other[n] ?? 0) : token));
      const [fast, slow] = [run(text, answer, q8).ratio, run(text, answer, q4).ratio];
      assert.ok(fast > 1.5, `every ${every}: ${fast}`);
      assert.ok(slow > 1.1, `every ${every}: ${slow}`);
    }
  });

  it('are left where nothing is gained', () => {
    const { sizes, ratio } = run(text, text, serial);
    assert.ok(sizes.filter((size) => size > 1).length < 40, sizes.join());
    assert.ok(ratio > 0.97, `${ratio}`);
  });

  it('are never much slower than one token after the other', () => {
    for (const answer of [mixed, other, [...other.slice(0, 300), ...text.slice(300)]])
      for (const step of [small, parallel, serial]) {
        const { ratio } = run(text, answer, step);
        assert.ok(ratio > 0.95, `${ratio}`);
      }
  });

  it('are tried again after a time that other work has spoilt', () => {
    const costs = new Costs();
    costs.note(1, 10);
    costs.note(16, 5000);
    assert.equal(costs.of(16), 5000);
    for (let n = 0; n < 101; n++) costs.note(1, 10);
    assert.equal(costs.of(16), 70);
    costs.note(1, 900);
    costs.note(2, 20);
    assert.equal(costs.of(1), 20);
  });

  it('are at most as long as there is room', () => {
    const drafts = new Drafts(text, new Costs());
    drafts.took([], text.slice(0, 1), 10);
    drafts.took([], text.slice(1, 2), 10);
    assert.deepEqual(drafts.next(0), []);
    assert.ok(drafts.next(3).length <= 3);
  });
});
