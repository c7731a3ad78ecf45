import assert from 'node:assert/strict';
import type { LlamaContext, Token } from 'node-llama-cpp';
import { CancelledError } from '../../../server/errors';
import { fitsMore, freeWithin } from '../../../server/llm/attempt';
import { Lane } from '../../../server/llm/lane';
import { Places } from '../../../server/llm/places';

const { signal } = new AbortController();
const tokens = (...numbers: number[]): Token[] => numbers as Token[];

/** A context whose sequences remember what they have read. */
class FakeContext {
  readonly batchSize = 8;
  readonly contextSize = 64;
  isDisposed = false;

  constructor(readonly totalSequences: number) {}

  getSequence() {
    let held: number[] = [];
    return {
      needsCheckpoints: false,
      get nextTokenIndex() {
        return held.length;
      },
      compareContextTokens: (wanted: number[]) => {
        const same = wanted.findIndex((token, at) => token !== held[at]);
        return { firstDifferentIndex: same < 0 ? wanted.length : same };
      },
      adaptStateToTokens: async (wanted: number[]) => {
        const same = wanted.findIndex((token, at) => token !== held[at]);
        held = held.slice(0, same < 0 ? wanted.length : same);
      },
      clearHistory: async () => {
        held = [];
      },
      evaluateWithoutGeneratingNewTokens: async (batch: number[]) => void held.push(...batch),
      dispose: async () => undefined,
    };
  }

  async dispose(): Promise<void> {
    this.isDisposed = true;
  }
}

/** @param memory how many contexts more there is memory for */
function placesWith(first: number, memory: number, most = 3) {
  const contexts: FakeContext[] = [];
  const createMore = async (made: number) => {
    await Promise.resolve();
    if (made >= memory) return undefined;
    const context = new FakeContext(1);
    contexts.push(context);
    return context as unknown as LlamaContext;
  };
  const places = new Places({
    first: new FakeContext(first) as unknown as LlamaContext,
    createMore,
    most,
    fills: false,
  });
  /** @returns how many tokens of the prompt need not be read */
  const read = async (window: object, ...prompt: number[]): Promise<number> => {
    const { sequence, leave } = await places.hold(window, tokens(...prompt), signal);
    try {
      return (await sequence.prefill(tokens(...prompt), signal)).reused;
    } finally {
      leave();
    }
  };
  return { places, contexts, read, living: () => contexts.filter(({ isDisposed }) => !isDisposed).length };
}

/** A prompt of its own for each number. */
const promptOf = (n: number): number[] => Array.from({ length: 10 }, (_, at) => n * 100 + at);

describe('places of windows', () => {
  it('are the first context for the first window, which makes no other', async () => {
    const { read, contexts } = placesWith(3, 10);
    const window = {};
    for (const n of [1, 2, 3, 1, 2, 3]) await read(window, ...promptOf(n));
    assert.equal(await read(window, ...promptOf(1)), 9);
    await read(window, ...promptOf(4));
    assert.deepEqual([contexts.length, await read(window, ...promptOf(2))], [0, 0]);
  });

  it('stay what they are while windows take turns', async () => {
    const { read, places } = placesWith(3, 20);
    const windows = Array.from({ length: 10 }, () => ({}));
    for (const [n, window] of windows.entries()) await read(window, ...promptOf(n));
    assert.equal(places.count, 10);
    for (const [n, window] of windows.entries()) assert.equal(await read(window, ...promptOf(n), 7), 9);
  });

  it('never hold for one window what another one has read', async () => {
    const { read } = placesWith(1, 0);
    const [a, b] = [{}, {}];
    await read(a, ...promptOf(1));
    assert.equal(await read(b, ...promptOf(1)), 0);
    assert.equal(await read(a, ...promptOf(1)), 0);
  });

  it('are shared where there is no memory: who has most gives the least used', async () => {
    const { read, places } = placesWith(3, 0);
    const [a, b, c] = [{}, {}, {}];
    for (const n of [1, 2, 3]) await read(a, ...promptOf(n));
    await read(b, ...promptOf(4));
    await read(c, ...promptOf(5));
    assert.equal(places.count, 3);
    assert.deepEqual(
      [await read(a, ...promptOf(3)), await read(b, ...promptOf(4)), await read(c, ...promptOf(5))],
      [9, 9, 9],
    );
    // Another document of a window that has as many as the others takes its own place.
    await read(b, ...promptOf(6));
    assert.deepEqual([await read(a, ...promptOf(3)), await read(c, ...promptOf(5))], [9, 9]);
  });

  it('are asked for again where there was no memory for a while', async () => {
    const memory = { contexts: 0, asked: 0, now: 0 };
    const createMore = async (made: number) => {
      memory.asked++;
      return made < memory.contexts ? (new FakeContext(1) as unknown as LlamaContext) : undefined;
    };
    const first = new FakeContext(1) as unknown as LlamaContext;
    const places = new Places({ first, createMore, most: 3, fills: false, now: () => memory.now });
    const hold = async (window: object, n: number): Promise<void> =>
      (await places.hold(window, tokens(...promptOf(n)), signal)).leave();
    const [a, b] = [{}, {}];
    await hold(a, 1);
    for (const n of [2, 3, 4]) await hold(b, n);
    assert.deepEqual([memory.asked, places.count], [1, 1]);
    memory.contexts = 1;
    memory.now += 59_000;
    await hold(a, 5);
    assert.deepEqual([memory.asked, places.count], [1, 1]);
    memory.now += 2_000;
    await hold(b, 6);
    assert.deepEqual([memory.asked, places.count], [2, 2]);
  });

  it('are given back with their window, and asked for again', async () => {
    const { read, places, living } = placesWith(1, 2);
    const windows = [{}, {}, {}, {}] as const;
    for (const [n, window] of windows.entries()) await read(window, ...promptOf(n));
    assert.deepEqual([places.count, living()], [3, 2]);
    const engineMs = places.engineMs;
    for (const window of windows) await places.leave(window);
    assert.deepEqual([places.count, living()], [1, 0]);
    assert.ok(places.engineMs >= engineMs);
    const [next, other] = [{}, {}];
    assert.equal(await read(next, ...promptOf(0)), 0);
    await read(other, ...promptOf(1));
    assert.deepEqual([await read(next, ...promptOf(0)), living()], [9, 1]);
  });

  it('are not kept for a window that leaves while one is made', async () => {
    const { places, living, read } = placesWith(1, 2);
    await read({}, 1, 2);
    const window = {};
    const held = places.hold(window, tokens(5, 6), signal);
    await places.leave(window);
    await assert.rejects(held, CancelledError);
    assert.deepEqual([places.count, living()], [1, 0]);
  });

  it('wait for whoever works there', async () => {
    const { places } = placesWith(1, 0, 1);
    const [a, b] = [{}, {}];
    const first = await places.hold(a, tokens(1, 2), signal);
    let isIn = false;
    const second = places.hold(b, tokens(3, 4), signal).then((held) => {
      isIn = true;
      held.leave();
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(isIn, false);
    first.leave();
    await second;
  });

  it('let whoever works there finish when another one waits that has the engine', async () => {
    const { places } = placesWith(1, 0, 1);
    const lane = new Lane();
    const order: string[] = [];
    const work = async (window: object, name: string, ...prompt: number[]): Promise<void> => {
      const turn = await lane.enterStepped(signal, { window });
      const held = await places.hold(window, tokens(...prompt), signal, turn);
      order.push(`${name} in`);
      await turn.giveWay(signal);
      order.push(`${name} out`);
      held.leave();
      turn.leave();
    };
    await Promise.all([work({}, 'a', 1, 2), work({}, 'b', 3, 4), work({}, 'c', 5, 6)]);
    assert.deepEqual(order, ['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    assert.equal(lane.isTaken, false);
  });

  it('may take half of the memory that would be free without them', () => {
    assert.deepEqual(
      [fitsMore(100, 0, 200), fitsMore(100, 0, 199), fitsMore(100, 4, 600), fitsMore(100, 4, 599)],
      [true, false, true, false],
    );
  });
});

describe('the memory that is left', () => {
  it('is that of the machine, and in a container no more than its limit leaves', () => {
    const gb = 2 ** 30;
    const left = [undefined, 0, 2 ** 64, 4 * gb, gb / 2].map((limit) => freeWithin(60 * gb, limit, gb) / gb);
    assert.deepEqual(left, [60, 60, 60, 3, 0]);
  });
});
