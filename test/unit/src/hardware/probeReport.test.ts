import assert from 'node:assert/strict';
import { probeEnv } from '../../../../src/hardware/probe';
import { parseReport, reasonIn } from '../../../../src/hardware/probeReport';

const backend = { probe: 'backend', backend: 'vulkan', devices: ['A GPU'], memoryBytes: 1, unifiedBytes: 0 };
const drivers = { probe: 'drivers', backends: ['vulkan'], cards: [{ name: 'A GPU', memoryBytes: 1 }] };
const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

describe('parseReport', () => {
  it('finds the report among what a driver writes', () => {
    assert.deepEqual(parseReport(`MESA: hello\n{half\n${line(backend)}bye\n`, 'vulkan'), backend);
    assert.deepEqual(parseReport(`\r\n${JSON.stringify(drivers)}\r\n`, 'drivers'), drivers);
    assert.deepEqual(parseReport(line({ ...drivers, cudaRuntime: 12 }), 'drivers'), { ...drivers, cudaRuntime: 12 });
  });

  it('takes only what was asked for', () => {
    assert.equal(parseReport(line(backend), 'cuda'), undefined);
    assert.equal(parseReport(line(backend), 'drivers'), undefined);
    assert.equal(parseReport('', 'drivers'), undefined);
  });

  it('refuses what is not a report', () => {
    const broken: readonly object[] = [
      {},
      { ...backend, probe: 'other' },
      { ...backend, backend: 'cpu' },
      { ...backend, devices: 'A GPU' },
      { ...backend, devices: [1] },
      { ...backend, memoryBytes: -1 },
      { ...backend, memoryBytes: null },
      { ...backend, unifiedBytes: '0' },
    ];
    for (const value of broken) assert.equal(parseReport(line(value), 'vulkan'), undefined, JSON.stringify(value));
    const brokenDrivers: readonly object[] = [
      { ...drivers, backends: ['cpu'] },
      { ...drivers, cards: [{ name: 'A GPU' }] },
      { ...drivers, cards: {} },
      { ...drivers, cudaRuntime: 11 },
    ];
    for (const value of brokenDrivers)
      assert.equal(parseReport(line(value), 'drivers'), undefined, JSON.stringify(value));
    assert.equal(parseReport('null\n[]\n{"probe":\n', 'drivers'), undefined);
  });
});

describe('reasonIn', () => {
  it('finds the cause in what the engine writes', () => {
    const errors = [
      '[node-llama-cpp] a warning',
      '[node-llama-cpp] Failed to load a binary. Error: Error: libvulkan.so.1: cannot open shared object file',
      '    at Module._extensions..node (node:internal/modules/cjs/loader:1661:18) {',
      "  code: 'ERR_DLOPEN_FAILED'",
      '}',
      'Error: NoBinaryFoundError',
    ].join('\n');
    assert.equal(reasonIn(errors), 'libvulkan.so.1: cannot open shared object file');
  });

  it('takes the last line where there is no error', () => {
    assert.equal(reasonIn('one\ntwo\n\n'), 'two');
    assert.equal(reasonIn(''), '');
  });
});

describe('probeEnv', () => {
  it('makes the editor run as Node, without options for others', () => {
    const env = probeEnv({ NODE_OPTIONS: '--inspect', PATH: '/bin' });
    assert.deepEqual(env, { PATH: '/bin', ELECTRON_RUN_AS_NODE: '1', UV_THREADPOOL_SIZE: '1' });
  });
});
