import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Gate } from '../../../../src/client/client';
import { Power, type Saving } from '../../../../src/power/power';
import { REST_MS, Rest } from '../../../../src/power/rest';
import type { Source } from '../../../../src/power/source';
import { PAUSE_MS, sparing } from '../../../../src/power/sparing';
import { standingClock } from '../../../support/scriptedClient';

function machine(saving: Saving, source: Source) {
  const { clock, pass } = standingClock();
  const state = { saving, source, looks: 0 };
  const read = async (): Promise<Source> => {
    state.looks++;
    return state.source;
  };
  const power = new Power({ setting: () => state.saving, read, clock, firstMs: 0, everyMs: 1_000 });
  const told: boolean[] = [];
  power.onDidChange(() => told.push(power.isSaving));
  const wait = async (ms: number): Promise<void> => {
    await turn();
    pass(ms);
    await turn();
  };
  return { power, state, told, wait };
}

describe('Power', () => {
  it('is saved on battery, and no more at the plug', async () => {
    const { power, state, told, wait } = machine('auto', 'battery');
    await wait(0);
    assert.equal(power.isSaving, true);
    state.source = 'mains';
    await wait(1_000);
    assert.equal(power.isSaving, false);
    assert.deepEqual(told, [true, false]);
  });

  it('is not in the way of what starts', async () => {
    const { state, wait } = machine('auto', 'battery');
    assert.equal(state.looks, 0);
    await wait(0);
    assert.equal(state.looks, 1);
  });

  it('is as it was while it cannot be told', async () => {
    const { power, state, told, wait } = machine('auto', 'battery');
    await wait(0);
    state.source = 'unknown';
    await wait(1_000);
    assert.equal(power.isSaving, true);
    assert.deepEqual(told, [true]);
    state.source = 'mains';
    await wait(1_000);
    assert.equal(power.isSaving, false);
  });

  it('looks once where there is no battery', async () => {
    const { power, state, wait } = machine('auto', 'none');
    for (let n = 0; n < 5; n++) await wait(1_000);
    await power.look();
    assert.equal(state.looks, 1);
    assert.equal(power.isSaving, false);
  });

  it('obeys the setting without a look, and looks when it is automatic again', async () => {
    const { power, state, told, wait } = machine('always', 'battery');
    for (let n = 0; n < 5; n++) await wait(1_000);
    assert.equal(power.isSaving, true);
    assert.equal(state.looks, 0);
    state.saving = 'never';
    await power.look();
    assert.deepEqual(told, [false]);
    state.saving = 'auto';
    await power.look();
    assert.equal(state.looks, 1);
    assert.deepEqual(told, [false, true]);
  });

  it('looks no more when it is disposed', async () => {
    const { power, state, wait } = machine('auto', 'mains');
    await wait(0);
    await wait(1_000);
    power.dispose();
    for (let n = 0; n < 3; n++) await wait(1_000);
    assert.equal(state.looks, 2);
  });
});

/** What of a request nobody looks at. */
const nothing = {} as never;

function typed(isSaving: boolean, triggerKind = 1) {
  const { clock, pass } = standingClock();
  const asked: string[] = [];
  const cancels = new Set<() => void>();
  const gate: Gate = () => {
    asked.push('asked');
    return null;
  };
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (call: () => void) => {
      cancels.add(call);
      return { dispose: () => cancels.delete(call) };
    },
  };
  const context = { triggerKind, selectedCompletionInfo: undefined } as never;
  const spared = sparing(gate, () => isSaving, clock);
  const result = spared(nothing, nothing, context, token as never, () => null);
  return { asked, pass, result, cancels };
}

describe('ghost text while power is saved', () => {
  it('waits for a pause in the typing', async () => {
    const { asked, pass, result, cancels } = typed(true);
    pass(PAUSE_MS - 1);
    assert.deepEqual(asked, []);
    pass(1);
    await result;
    assert.deepEqual(asked, ['asked']);
    assert.equal(cancels.size, 0);
  });

  it('is not asked for when the next key comes before', async () => {
    const { asked, pass, result, cancels } = typed(true);
    for (const cancel of cancels) cancel();
    assert.equal(await result, undefined);
    pass(PAUSE_MS);
    assert.deepEqual(asked, []);
  });

  it('is asked for at once by key, and where no power is saved', () => {
    assert.deepEqual(typed(true, 0).asked, ['asked']);
    assert.deepEqual(typed(false).asked, ['asked']);
  });
});

describe('Rest', () => {
  function windows(isSaving: boolean) {
    const { clock, pass } = standingClock();
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    let slept = 0;
    const open = (): Rest => new Rest({ isSaving: () => isSaving, memory, clock, sleep: () => slept++ });
    const wait = (ms: number): void => {
      for (let passed = 0; passed < ms; passed += 5_000) pass(5_000);
    };
    return { open, wait, slept: () => slept, kept, now: clock.now };
  }

  it('sends models to sleep when nobody has used them for long enough', () => {
    const { open, wait, slept } = windows(true);
    open().used();
    wait(REST_MS - 10_000);
    assert.equal(slept(), 0);
    wait(60_000);
    assert.equal(slept(), 1);
  });

  it('does not as long as another window uses them', () => {
    const { open, wait, slept } = windows(true);
    const [idle, used] = [open(), open()];
    idle.used();
    for (let minute = 0; minute < 20; minute++) {
      wait(60_000);
      used.used();
    }
    assert.equal(slept(), 0);
  });

  it('is not misled by what was noted before the clock was set back', () => {
    const { open, wait, slept, kept, now } = windows(true);
    const rest = open();
    rest.used();
    // A year: a timer for so long would be over at once, again and again.
    for (const key of kept.keys()) kept.set(key, now() + 365 * 86_400_000);
    wait(REST_MS + 60_000);
    assert.equal(slept(), 1);
  });

  it('does not where no power is saved', () => {
    const { open, wait, slept } = windows(false);
    open().used();
    wait(REST_MS * 4);
    assert.equal(slept(), 0);
  });
});
