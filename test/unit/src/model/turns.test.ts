import assert from 'node:assert/strict';
import { embeddedModel } from '../../../../models/catalog';
import { makeRoom, type Sleeper, sleepBefore } from '../../../../src/model/turns';

/** Processes by name, and who was sent to sleep. */
function processes(states: Readonly<Record<string, 'asleep' | 'ready' | 'loading'>>) {
  const slept: string[] = [];
  const all = Object.entries(states).map(([file, state]): Sleeper => {
    const model = { model: embeddedModel, file };
    const status =
      state === 'loading'
        ? { state, model: file, percent: 0 }
        : state === 'asleep'
          ? { state, model: file }
          : ready(file);
    return { model, status, sleep: async () => void slept.push(file) };
  });
  return { all, slept };
}

const ready = (model: string) => ({
  state: 'ready' as const,
  model,
  backend: 'cpu' as const,
  threads: 1,
  gpuLayers: 0,
  layers: 1,
  contextSize: 1,
  completes: true,
  startMs: 1,
});

async function sentToSleep(states: Parameters<typeof processes>[0], loading: string, room: number): Promise<string[]> {
  const { all, slept } = processes(states);
  const one = all.find(({ model }) => model.file === loading);
  assert.ok(one);
  await makeRoom(one, all, (...models) => models.length <= room);
  return slept;
}

describe('makeRoom', () => {
  const all = { embedding: 'ready', chat: 'ready', completion: 'loading' } as const;

  it('sends nobody to sleep where all have room', async () => {
    assert.deepEqual(await sentToSleep(all, 'completion', 3), []);
  });

  it('sends those to sleep that are needed least, and no more than need be', async () => {
    assert.deepEqual(await sentToSleep(all, 'completion', 2), ['embedding']);
    assert.deepEqual(await sentToSleep(all, 'completion', 1), ['embedding', 'chat']);
  });

  it('leaves alone who sleeps already, and the one that loads', async () => {
    const states = { embedding: 'asleep', chat: 'loading', completion: 'ready' } as const;
    assert.deepEqual(await sentToSleep(states, 'chat', 1), ['completion']);
    assert.deepEqual(await sentToSleep(states, 'chat', 2), []);
  });

  it('ends where not even one has room', async () => {
    assert.deepEqual(await sentToSleep(all, 'completion', 0), ['embedding', 'chat']);
  });
});

describe('sleepBefore', () => {
  const sent = async (state: 'asleep' | 'ready', next: string, room: number): Promise<string[]> => {
    const { all, slept } = processes({ before: state });
    await sleepBefore(all[0], { model: embeddedModel, file: next }, (...models) => models.length <= room);
    return slept;
  };

  it('frees the memory of the model before, which other windows still keep, only where there is no room for both', async () => {
    assert.deepEqual(await sent('ready', 'next', 1), ['before']);
    assert.deepEqual(await sent('ready', 'next', 2), []);
  });

  it('leaves alone what sleeps, and what is the same', async () => {
    assert.deepEqual(await sent('asleep', 'next', 1), []);
    assert.deepEqual(await sent('ready', 'before', 1), []);
  });
});
