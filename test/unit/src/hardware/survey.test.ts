import assert from 'node:assert/strict';
import type { BackendReport } from '../../../../server/probeProtocol';
import type { Probed, ProbeOutcome } from '../../../../src/hardware/probe';
import {
  availableBackends,
  crashedBackends,
  gpusOf,
  isSoftwareDevice,
  type MachineFacts,
  machineFacts,
  survey,
  usableMemory,
} from '../../../../src/hardware/survey';

const GIB = 2 ** 30;
const facts: MachineFacts = { platform: 'linux', arch: 'x64', cores: 8, cpu: 'A CPU', memoryBytes: 16 * GIB };
const opened = (backend: BackendReport['backend'], devices: string[], gib = 0, unifiedGib = 0): BackendReport => ({
  probe: 'backend',
  backend,
  devices,
  memoryBytes: gib * GIB,
  unifiedBytes: unifiedGib * GIB,
});
const drivers = (cards: readonly { name: string; memoryBytes: number }[] = []): ProbeOutcome => ({
  ok: true,
  report: { probe: 'drivers', backends: ['cuda', 'vulkan'], cards },
});
const { signal } = new AbortController();

describe('survey', () => {
  it('probes each installed engine, the best first, and lists what they found', async () => {
    const asked: string[] = [];
    const answers: Partial<Record<Probed, ProbeOutcome>> = {
      drivers: drivers(),
      cuda: { ok: true, report: opened('cuda', ['A GPU'], 8) },
      vulkan: { ok: true, report: opened('vulkan', ['A GPU'], 8) },
    };
    const run = async (probed: Probed, folder?: string): Promise<ProbeOutcome> => {
      asked.push(`${probed} ${folder}`);
      return answers[probed] ?? assert.fail(probed);
    };
    const engines = [
      { backend: 'vulkan', folder: '/v' },
      { backend: 'cuda', folder: '/c' },
    ] as const;
    const { machine, lines } = await survey(engines, run, signal, facts);
    assert.deepEqual(asked, ['drivers undefined', 'cuda /c', 'vulkan /v']);
    assert.deepEqual(
      lines.map(({ probed }) => probed),
      ['drivers', 'cuda', 'vulkan'],
    );
    const gpu = { name: 'A GPU', memoryBytes: 8 * GIB, isUnified: false };
    assert.deepEqual(machine, {
      ...facts,
      gpus: [
        { ...gpu, backend: 'cuda' },
        { ...gpu, backend: 'vulkan' },
      ],
    });
    assert.deepEqual(availableBackends(machine), ['cuda', 'vulkan']);
  });

  it('goes on after probes that failed, and tells which of them died', async () => {
    const failed = (reason: 'crashed' | 'timedOut' | 'failed' | 'garbage') =>
      ({ ok: false, reason, detail: '' }) as const;
    const answers = {
      drivers: failed('timedOut'),
      metal: failed('failed'),
      cuda: failed('timedOut'),
      vulkan: failed('crashed'),
    };
    const engines = (['metal', 'cuda', 'vulkan'] as const).map((backend) => ({ backend }));
    const found = await survey(engines, async (probed) => answers[probed], signal, facts);
    assert.deepEqual(found.machine.gpus, []);
    assert.equal(found.drivers, undefined);
    assert.equal(found.lines.length, 4);
    assert.deepEqual(crashedBackends(found.lines), ['cuda', 'vulkan']);
  });

  it('does not count a software device as a GPU', async () => {
    const report = opened('vulkan', ['llvmpipe (LLVM 15.0.6, 256 bits)'], 2);
    const run = async (probed: Probed): Promise<ProbeOutcome> =>
      probed === 'drivers' ? drivers() : { ok: true, report };
    const { machine } = await survey([{ backend: 'vulkan' }], run, signal, facts);
    assert.deepEqual(availableBackends(machine), []);
  });
});

describe('gpusOf', () => {
  it('takes the memory of one device as it is told', () => {
    assert.deepEqual(gpusOf(opened('metal', ['Apple M3'], 18, 18), []), [
      { name: 'Apple M3', backend: 'metal', memoryBytes: 18 * GIB, isUnified: true },
    ]);
    assert.equal(gpusOf(opened('vulkan', ['A GPU'], 0), [])[0]?.memoryBytes, 0);
  });

  it('shares a sum out among equal devices, and asks the system for unequal ones', () => {
    assert.deepEqual(
      gpusOf(opened('cuda', ['X', 'X'], 48), []).map(({ memoryBytes }) => memoryBytes / GIB),
      [24, 24],
    );
    const cards = [{ name: 'GeForce RTX 3060', memoryBytes: 12 * GIB }];
    const [big, integrated] = gpusOf(opened('vulkan', ['NVIDIA GeForce RTX 3060', 'Intel Iris'], 28, 16), cards);
    assert.deepEqual([big?.memoryBytes, big?.isUnified], [12 * GIB, false]);
    assert.deepEqual([integrated?.memoryBytes, integrated?.isUnified], [0, true]);
  });

  it('knows software devices by their names', () => {
    for (const name of [
      'llvmpipe (LLVM 15.0.6, 256 bits)',
      'SwiftShader Device (Subzero)',
      'Microsoft Basic Render Driver',
    ])
      assert.ok(isSoftwareDevice(name), name);
    for (const name of [
      'NVIDIA H100',
      'AMD Radeon RX 7900 XTX (RADV NAVI31)',
      'Intel(R) Arc(TM)',
      'Apple M3',
      'Warped',
    ])
      assert.ok(!isSoftwareDevice(name), name);
  });
});

describe('machineFacts', () => {
  it('keeps to the limit of a container', () => {
    assert.equal(usableMemory(16, 4), 4);
    for (const none of [undefined, 0, 2 ** 63]) assert.equal(usableMemory(16, none), 16);
  });

  it('tells this machine', () => {
    const { cores, memoryBytes, platform } = machineFacts();
    assert.ok(cores >= 1 && memoryBytes > GIB / 4);
    assert.equal(platform, process.platform);
  });
});
