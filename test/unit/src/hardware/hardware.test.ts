import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ENGINE_VERSION } from '../../../../src/hardware/enginePacks';
import { Hardware } from '../../../../src/hardware/hardware';
import { packFolder } from '../../../../src/hardware/installedPacks';
import type { GpuBackend } from '../../../../src/hardware/probeReport';
import type { RunProbe } from '../../../../src/hardware/survey';
import { inFolder } from '../../../support/modelFiles';

async function install(packs: string, backend: GpuBackend): Promise<string> {
  const folder = packFolder(packs, ENGINE_VERSION, backend);
  const bins = path.join(folder, 'bins', `linux-x64-${backend}`);
  await mkdir(bins, { recursive: true });
  for (const name of ['llama-addon.node', '_nlcBuildMetadata.json']) await writeFile(path.join(bins, name), '');
  return folder;
}

/** Each backend opens and finds a GPU, but those named. */
const probesBut =
  (...failing: GpuBackend[]): RunProbe =>
  async (probed) => {
    if (probed === 'drivers') return { ok: true, report: { probe: 'drivers', backends: [], cards: [] } };
    if (failing.includes(probed)) return { ok: false, reason: 'crashed', detail: '' };
    const report = {
      probe: 'backend',
      backend: probed,
      devices: ['A GPU'],
      memoryBytes: 8e9,
      unifiedBytes: 0,
    } as const;
    return { ok: true, report };
  };

function hardwareIn(packs: string, runProbe: RunProbe): Hardware {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return new Hardware({ memory, packs, packaged: [], runProbe });
}

describe('Hardware', () => {
  it('runs a backend that is wished for with its own engine, although its probe has crashed', () =>
    inFolder(async (packs) => {
      const cuda = await install(packs, 'cuda');
      const hardware = hardwareIn(packs, probesBut('cuda'));
      assert.equal((await hardware.choose('auto')).engineFolder, undefined);
      assert.equal((await hardware.choose('cuda')).engineFolder, cuda);
      assert.equal((await hardware.choose('cpu')).engineFolder, undefined);
    }));

  it('stays with the backend that ran last, also when it had run before', () =>
    inFolder(async (packs) => {
      await install(packs, 'cuda');
      await install(packs, 'vulkan');
      const hardware = hardwareIn(packs, probesBut());
      for (const backend of ['cuda', 'vulkan', 'cuda', 'vulkan'] as const) {
        await hardware.note(backend, 'good');
        assert.equal((await hardware.choose('auto')).backend, backend);
        await delay(2);
      }
    }));

  it('sees an engine that was installed while it looked', () =>
    inFolder(async (packs) => {
      let hasBegun = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        hasBegun = resolve;
      });
      let goOn = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const hardware = hardwareIn(packs, async (...asked) => {
        hasBegun();
        await gate;
        return probesBut()(...asked);
      });
      const first = hardware.look();
      await begun;
      await install(packs, 'cuda');
      const second = hardware.look({ anew: true });
      goOn();
      assert.deepEqual((await first).machine.gpus, []);
      assert.equal((await second).machine.gpus.length, 1);
    }));
});
