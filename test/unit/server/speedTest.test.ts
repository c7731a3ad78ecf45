import assert from 'node:assert/strict';
import type { Token } from 'node-llama-cpp';
import { CancelledError, InterruptedError, throwIfAborted } from '../../../server/errors';
import { Lane } from '../../../server/llm/lane';
import type { KeptSequence } from '../../../server/llm/sequence';
import { SpeedTest } from '../../../server/llm/speedTest';

const tokens = Array.from({ length: 700 }, (_, n) => n as Token);

/** A machine that takes so many milliseconds for a token, on a clock of its own. */
class Machine {
  time = 0;
  held = 0;
  readonly cold: number[] = [];
  onWork: () => void = () => undefined;

  constructor(
    private readonly readMs: number,
    private readonly writeMs: number,
  ) {}

  async clear(): Promise<void> {
    this.held = 0;
  }

  async prefill(prompt: readonly Token[], signal: AbortSignal) {
    throwIfAborted(signal);
    const reused = Math.min(this.held, prompt.length - 1);
    if (reused === 0) this.cold.push(prompt.length - 1);
    this.#work((prompt.length - 1 - reused) * this.readMs);
    throwIfAborted(signal);
    this.held = prompt.length - 1;
    return { reused, evaluated: prompt.length - reused };
  }

  async *decode(last: Token, _rank: number, signal: AbortSignal) {
    for (;;) {
      throwIfAborted(signal);
      this.#work(this.writeMs);
      yield { token: last, probability: 1 };
    }
  }

  #work(ms: number): void {
    this.time += ms;
    this.onWork();
  }
}

function testOf(machine: Machine, lane = new Lane(), tokensPerSecond = 1000): SpeedTest {
  return new SpeedTest({
    lane,
    sequence: () => machine as unknown as KeptSequence,
    tokens,
    leastRounds: 1,
    contextSize: 2048,
    tokensPerSecond,
    now: () => machine.time,
  });
}

const { signal } = new AbortController();

describe('SpeedTest', () => {
  it('tells how fast a prompt is read and written, and what a line takes after one more token', async () => {
    const machine = new Machine(1, 10);
    assert.deepEqual(await testOf(machine).run(signal), { readPerSecond: 1000, writtenPerSecond: 100, lineMs: 101 });
    assert.ok(machine.cold.length > 1 && machine.cold.every((read) => read === 512), machine.cold.join());
  });

  it('reads less and ends within ten seconds on a slow machine', async () => {
    const machine = new Machine(20, 400);
    const speed = await testOf(machine, new Lane(), 50).run(signal);
    assert.deepEqual([speed.readPerSecond, speed.writtenPerSecond, speed.lineMs], [50, 2.5, 4020]);
    assert.ok(machine.time < 12_000, `${machine.time} ms`);
    assert.deepEqual(new Set(machine.cold), new Set([64]));
  });

  it('gives way to another job at once, and goes on after it', async () => {
    const machine = new Machine(1, 10);
    const lane = new Lane();
    const order: string[] = [];
    let works = 0;
    let other = Promise.resolve();
    machine.onWork = () => {
      if (++works !== 3) return;
      other = lane.enter(signal).then((leave) => {
        order.push(`other after ${works}`);
        leave();
      });
    };
    const speed = await testOf(machine, lane).run(signal);
    await other;
    assert.deepEqual(order, ['other after 3']);
    assert.equal(speed.writtenPerSecond, 100);
  });

  it('ends when it is cancelled, and lets the next job in', async () => {
    const machine = new Machine(1, 10);
    const lane = new Lane();
    const controller = new AbortController();
    machine.onWork = () => controller.abort();
    await assert.rejects(testOf(machine, lane).run(controller.signal), CancelledError);
    (await lane.enter(signal))();
  });

  it('gives up when others leave it no time', async () => {
    const machine = new Machine(100, 10);
    const lane = new Lane();
    machine.onWork = () => void lane.enter(signal).then((leave) => leave());
    await assert.rejects(testOf(machine, lane).run(signal), InterruptedError);
  });

  it('answers with what it has when others leave it no more time', async () => {
    const machine = new Machine(1, 10);
    const lane = new Lane();
    let works = 0;
    machine.onWork = () => {
      if (++works < 60) return;
      machine.time += 40_000;
      void lane.enter(signal).then((leave) => leave());
    };
    const speed = await testOf(machine, lane).run(signal);
    assert.ok(speed.readPerSecond === 1000 && speed.lineMs > 0, JSON.stringify(speed));
  });
});
