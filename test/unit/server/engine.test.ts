import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import { Engine } from '../../../server/engine';
import { CancelledError, UserError } from '../../../server/errors';
import type { Llm } from '../../../server/llm/llm';
import { scriptedLlm } from '../../support/scriptedLlm';

const { signal } = new AbortController();

/** An engine whose time passes when it is told, and whose model tells what becomes of it. */
function engineWith({ fails = () => false }: { readonly fails?: (load: number) => boolean } = {}) {
  let sleep: (() => void) | undefined;
  let loads = 0;
  let disposed = 0;
  let idle = Promise.resolve();
  let dispose = Promise.resolve();
  const load = async (onPercent: (percent: number) => void): Promise<Llm> => {
    loads++;
    if (fails(loads)) throw new UserError('modelMissing', 'gone');
    onPercent(50);
    await tick();
    const llm: Llm = {
      ...scriptedLlm(() => 'text'),
      idle: () => idle,
      dispose: () => {
        disposed++;
        return dispose;
      },
    };
    return llm;
  };
  const after = (ms: number, call: () => void): (() => void) => {
    assert.equal(ms, 1000);
    sleep = call;
    return () => {
      if (sleep === call) sleep = undefined;
    };
  };
  const engine = new Engine({ model: 'Scripted', load, unloadAfterMs: 1000, after });
  const states: string[] = [];
  engine.onDidChangeStatus(({ state }) => void (states.at(-1) !== state && states.push(state)));
  return {
    engine,
    states,
    /** The time is over. @returns false when no time is running */
    pass: async (): Promise<boolean> => {
      const call = sleep;
      call?.();
      await tick();
      return call !== undefined;
    },
    count: () => ({ loads, disposed }),
    keepBusy: (until: Promise<void>) => {
      idle = until;
    },
    disposeSlowly: (until: Promise<void>) => {
      dispose = until;
    },
  };
}

describe('Engine', () => {
  it('loads at once, and hands the model to whoever waits', async () => {
    const { engine, states, count } = engineWith();
    assert.equal(engine.status.state, 'loading');
    assert.equal(await engine.use(async ({ facts }) => facts.name, signal), 'Scripted');
    assert.deepEqual([states, count()], [['loading', 'ready'], { loads: 1, disposed: 0 }]);
  });

  it('sleeps when it was not used for so long, and the next use loads the model again', async () => {
    const { engine, states, pass, count } = engineWith();
    await engine.use(async () => undefined, signal);
    assert.ok(await pass());
    assert.deepEqual([engine.status.state, count()], ['asleep', { loads: 1, disposed: 1 }]);
    await engine.idle();
    assert.equal(engine.status.state, 'asleep', 'who asks whether it has nothing to do does not wake it');
    await engine.use(async () => undefined, signal);
    assert.deepEqual([states, count().loads], [['loading', 'ready', 'asleep', 'loading', 'ready'], 2]);
    assert.ok(await pass(), 'it may sleep again');
  });

  it('sleeps too when it was never used', async () => {
    const { engine, pass } = engineWith();
    await tick();
    await tick();
    assert.ok(await pass());
    assert.equal(engine.status.state, 'asleep');
  });

  it('stays awake while somebody uses it, or waits for it', async () => {
    const { engine, pass } = engineWith();
    let done = (): void => undefined;
    const using = engine.use(() => new Promise<void>((resolve) => (done = resolve)), signal);
    await tick();
    await tick();
    assert.equal(await pass(), false, 'no time is running');
    done();
    await using;
    assert.ok(await pass());
  });

  it('stays awake while something goes on that nobody waits for, and when it is used meanwhile', async () => {
    const { engine, pass, keepBusy, count } = engineWith();
    await engine.use(async () => undefined, signal);
    let done = (): void => undefined;
    keepBusy(new Promise<void>((resolve) => (done = resolve)));
    await pass();
    assert.equal(engine.status.state, 'ready');
    await engine.use(async () => undefined, signal);
    done();
    await tick();
    assert.deepEqual([engine.status.state, count().disposed], ['ready', 0], 'its time begins anew');
    await pass();
    assert.equal(engine.status.state, 'asleep');
  });

  it('is put to sleep once, whoever wants it at the same time', async () => {
    const { engine, pass, count } = engineWith();
    await engine.use(async () => undefined, signal);
    const asked = [engine.sleepNow(), engine.sleepNow()];
    await pass();
    assert.deepEqual([await Promise.all(asked), count()], [[true, true], { loads: 1, disposed: 1 }]);
  });

  it('loads only once the memory of the model before is free', async () => {
    const { engine, pass, disposeSlowly, count } = engineWith();
    await engine.use(async () => undefined, signal);
    let freed = (): void => undefined;
    disposeSlowly(new Promise<void>((resolve) => (freed = resolve)));
    await pass();
    const using = engine.use(async () => undefined, signal);
    await tick();
    assert.deepEqual([engine.status.state, count().loads], ['loading', 1]);
    freed();
    await using;
    assert.deepEqual([engine.status.state, count().loads], ['ready', 2]);
  });

  it('lets go who does not want to wait, and goes on loading', async () => {
    const { engine } = engineWith();
    const controller = new AbortController();
    const using = engine.use(async () => assert.fail('not wanted'), controller.signal);
    controller.abort();
    await assert.rejects(using, CancelledError);
    await engine.use(async () => undefined, signal);
    assert.equal(engine.status.state, 'ready');
  });

  it('tells why it could not load, also after having slept', async () => {
    const failing = engineWith({ fails: () => true });
    await assert.rejects(
      failing.engine.use(async () => undefined, signal),
      UserError,
    );
    assert.deepEqual(failing.engine.status, {
      state: 'failed',
      model: 'Scripted',
      code: 'modelMissing',
      detail: 'gone',
    });
    const { engine, pass } = engineWith({ fails: (load) => load === 2 });
    await engine.use(async () => undefined, signal);
    await pass();
    await assert.rejects(
      engine.use(async () => undefined, signal),
      UserError,
    );
    assert.equal(engine.status.state, 'failed');
    assert.equal(await pass(), false);
  });
});
