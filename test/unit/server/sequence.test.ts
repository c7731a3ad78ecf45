import assert from 'node:assert/strict';
import type { LlamaContext, Token } from 'node-llama-cpp';
import { CancelledError } from '../../../server/errors';
import type { PrefillUsage } from '../../../server/llm/llm';
import { KeptSequence, likeliestFrom } from '../../../server/llm/sequence';

const BATCH = 4;
const tokens = (...numbers: number[]): Token[] => numbers as Token[];

/** A KV cache without a model: it remembers tokens, and says that after each comes the next number. */
class FakeContext {
  readonly contextSize = 64;
  readonly batches: number[] = [];
  /** Sizes of the batches that were decoded with. */
  readonly steps: number[] = [];
  taken = 0;
  failNext = false;
  needsCheckpoints = false;
  /** Tokens that the engine has read again by itself. */
  readAgain = 0;
  onBatch: () => void = () => undefined;

  getSequence() {
    this.taken++;
    let held: number[] = [];
    /** How many tokens were held each time when the state was kept. */
    let kept: number[] = [];
    const keptUntil = (length: number): number => Math.max(0, ...kept.filter((each) => each <= length));
    return {
      needsCheckpoints: this.needsCheckpoints,
      takeCheckpoint: async () => {
        if (held.length > 0) kept.push(held.length);
      },
      getRestoreToPrefixIndexEvaluationSize: (index: number) => index + 1 - keptUntil(index + 1),
      compareContextTokens: (wanted: number[]) => {
        const same = wanted.findIndex((token, at) => token !== held[at]);
        return { firstDifferentIndex: same < 0 ? wanted.length : same };
      },
      get nextTokenIndex() {
        return held.length;
      },
      adaptStateToTokens: async (wanted: number[]) => {
        const same = wanted.findIndex((token, at) => token !== held[at]);
        held = held.slice(0, same < 0 ? wanted.length : same);
      },
      evaluateWithoutGeneratingNewTokens: async (batch: number[]) => {
        if (this.failNext) throw new Error('Eval has failed');
        this.batches.push(batch.length);
        held.push(...batch);
        this.onBatch();
      },
      eraseContextTokenRanges: async ([range]: { start: number; end: number }[]) => {
        if (!range) return;
        held.splice(range.start, range.end - range.start);
        kept = kept.filter((each) => each <= range.start);
        if (this.needsCheckpoints) this.readAgain += range.start - keptUntil(range.start);
      },
      controlledEvaluate: async (input: (number | [number])[]) => {
        this.steps.push(input.length);
        return input.map((each) => {
          const token = typeof each === 'number' ? each : each[0];
          held.push(token);
          return typeof each === 'number'
            ? undefined
            : {
                next: {
                  probabilities: new Map([
                    [token + 1, 0.5],
                    [token + 2, 0.3],
                  ]),
                },
              };
        });
      },
      dispose: async () => undefined,
    };
  }
}

async function run(sequence: KeptSequence, prompt: Token[], count: number, signal = new AbortController().signal) {
  const usage: PrefillUsage = await sequence.prefill(prompt, signal);
  const decoded: number[] = [];
  for await (const { token } of sequence.decode(prompt.at(-1) ?? (0 as Token), likeliestFrom(), signal)) {
    decoded.push(token);
    if (decoded.length === count) break;
  }
  return { decoded, usage };
}

describe('KeptSequence', () => {
  let context: FakeContext;
  let sequence: KeptSequence;
  beforeEach(() => {
    context = new FakeContext();
    sequence = new KeptSequence(context as unknown as LlamaContext, BATCH, false);
  });

  it('reads a prompt in batches and decodes the likeliest tokens', async () => {
    const { decoded, usage } = await run(sequence, tokens(1, 2, 3, 4, 5, 6, 7), 3);
    assert.deepEqual(decoded, [8, 9, 10]);
    assert.deepEqual(usage, { reused: 0, evaluated: 7 });
    assert.deepEqual(context.batches, [4, 2]);
  });

  it('reads only what comes after the common start', async () => {
    await run(sequence, tokens(1, 2, 3, 4, 5), 1);
    assert.deepEqual((await run(sequence, tokens(1, 2, 3, 4, 5, 9), 1)).usage, { reused: 5, evaluated: 1 });
    assert.deepEqual((await run(sequence, tokens(1, 2, 7, 8), 1)).usage, { reused: 2, evaluated: 2 });
  });

  it('finds its own words again when they are accepted', async () => {
    await run(sequence, tokens(1, 2, 3), 4);
    assert.deepEqual((await run(sequence, tokens(1, 2, 3, 4, 5, 6), 1)).usage, { reused: 5, evaluated: 1 });
  });

  it('stops within one batch of reading', async () => {
    const controller = new AbortController();
    context.onBatch = () => controller.abort();
    await assert.rejects(run(sequence, tokens(...Array(40).keys()), 1, controller.signal), CancelledError);
    assert.equal(context.batches.length, 1);
    context.onBatch = () => undefined;
    assert.equal((await run(sequence, tokens(...Array(40).keys()), 1)).usage.reused, BATCH);
  });

  it('stops within one token of decoding', async () => {
    const controller = new AbortController();
    const running = sequence.decode(1 as Token, likeliestFrom(), controller.signal);
    await running.next();
    controller.abort();
    await assert.rejects(running.next(), CancelledError);
  });

  it('begins with another of the likeliest when told to', async () => {
    await sequence.prefill(tokens(1, 2), new AbortController().signal);
    const running = sequence.decode(2 as Token, likeliestFrom(1), new AbortController().signal);
    assert.equal((await running.next()).value?.token, 4);
    assert.equal((await running.next()).value?.token, 5);
  });

  it('fills a batch that is nearly whole, which changes nothing', async () => {
    const filling = new KeptSequence(context as unknown as LlamaContext, BATCH, true);
    const { decoded } = await run(filling, tokens(1, 2, 3, 4, 5, 6, 7, 8), 2);
    assert.deepEqual(context.batches, [4, 4]);
    assert.deepEqual(decoded, [9, 10]);
    assert.equal((await run(filling, tokens(1, 2, 3, 4, 5, 6, 7, 8), 1)).usage.reused, 7);
  });

  it('fills no batch of a model that cannot take back what it has read', async () => {
    context.needsCheckpoints = true;
    const filling = new KeptSequence(context as unknown as LlamaContext, BATCH, true);
    await run(filling, tokens(1, 2, 3, 4, 5, 6, 7, 8), 2);
    assert.deepEqual(context.batches, [4, 3]);
  });

  it('goes back to a kept state where nothing can be taken back, and reads on from there in batches', async () => {
    context.needsCheckpoints = true;
    const hybrid = new KeptSequence(context as unknown as LlamaContext, BATCH, false);
    const asked = tokens(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    await run(hybrid, asked, 5);
    // Asked again: the answer alone is forgotten.
    assert.deepEqual((await run(hybrid, asked, 3)).usage, { reused: 10, evaluated: 1 });
    // The end of the prompt is another one: from its last batch on.
    assert.equal((await run(hybrid, tokens(1, 2, 3, 4, 5, 6, 7, 8, 9, 20, 21), 3)).usage.reused, 8);
    // All of it is: in batches.
    context.batches.length = 0;
    assert.equal((await run(hybrid, tokens(1, 2, 30, 31, 32, 33, 34, 35, 36), 2)).usage.reused, 0);
    assert.deepEqual(context.batches, [4, 4]);
    assert.equal(context.readAgain, 0);
  });

  it('takes of a draft what it would have written, and forgets the rest', async () => {
    const { signal } = new AbortController();
    const check = async (last: number, ...draft: number[]) =>
      (await sequence.check(last as Token, tokens(...draft), likeliestFrom(), signal)).map(({ token }) =>
        Number(token),
      );
    await sequence.prefill(tokens(1, 2, 3), signal);
    assert.deepEqual(await check(3, 4, 5, 9, 7), [4, 5, 6]);
    assert.deepEqual(await check(6, 7), [7, 8]);
    assert.deepEqual(await check(8), [9]);
    assert.deepEqual(await check(9, 1), [10]);
    assert.deepEqual(context.steps, [5, 2, 1, 2]);
    assert.deepEqual((await run(sequence, tokens(...Array(12).keys()).slice(1), 1)).usage, { reused: 9, evaluated: 2 });
  });

  it('fills a long draft up as well', async () => {
    const { signal } = new AbortController();
    const filling = new KeptSequence(context as unknown as LlamaContext, BATCH, true);
    await filling.prefill(tokens(1, 2), signal);
    const checked = await filling.check(2 as Token, tokens(3, 4), likeliestFrom(), signal);
    assert.deepEqual([checked.map(({ token }) => Number(token)), context.steps], [[3, 4, 5], [BATCH]]);
    assert.deepEqual((await run(filling, tokens(1, 2, 3, 4, 5, 6), 1)).usage, { reused: 4, evaluated: 2 });
  });

  it('takes a new sequence after the engine has failed', async () => {
    context.failNext = true;
    await assert.rejects(run(sequence, tokens(1, 2, 3), 1), /Eval has failed/);
    context.failNext = false;
    assert.deepEqual((await run(sequence, tokens(1, 2, 3), 1)).decoded, [4]);
    assert.equal(context.taken, 2);
  });
});
