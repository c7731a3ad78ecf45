import assert from 'node:assert/strict';
import { canLoad, findCudaRuntime } from '../../../server/probe/cuda';
import { cardOf } from '../../../server/probe/drivers';
import { saneBytes } from '../../../server/probe/memory';

describe('the CUDA runtime', () => {
  const having =
    (...files: readonly string[]) =>
    (library: string) =>
      files.includes(library);

  it('is the newest whose libraries are all there, and the driver', () => {
    const twelve = ['libcuda.so.1', 'libcudart.so.12', 'libcublas.so.12'];
    assert.equal(findCudaRuntime('linux', having(...twelve)), 12);
    assert.equal(findCudaRuntime('linux', having(...twelve, 'libcudart.so.13')), 12);
    assert.equal(findCudaRuntime('linux', having(...twelve, 'libcudart.so.13', 'libcublas.so.13')), 13);
    assert.equal(findCudaRuntime('linux', having('libcudart.so.12', 'libcublas.so.12')), undefined);
    assert.equal(findCudaRuntime('win32', having('nvcuda.dll', 'cublas64_13.dll')), 13);
  });

  it('is not there with the driver alone, with version 11, or where CUDA is not', () => {
    assert.equal(findCudaRuntime('linux', having('libcuda.so.1')), undefined);
    assert.equal(findCudaRuntime('linux', having('libcuda.so.1', 'libcudart.so.11', 'libcublas.so.11')), undefined);
    assert.equal(
      findCudaRuntime('darwin', () => true),
      undefined,
    );
  });

  it('is looked for with the system’s own loader', () => {
    const there = { linux: 'libm.so.6', win32: 'kernel32.dll', darwin: '/usr/lib/libSystem.dylib' };
    assert.ok(process.platform in there);
    assert.equal(canLoad(there[process.platform as keyof typeof there]), true);
    assert.equal(canLoad('libnothing-of-this-name.so.1'), false);
    assert.equal(canLoad(process.execPath), false);
  });
});

describe('a graphics card', () => {
  const card = { vendor: 'NVIDIA Corporation', model: 'GA106', vram: 32, vramDynamic: false };

  it('has the name and memory of the vendor’s tool where there is one', () => {
    assert.deepEqual(cardOf({ ...card, name: 'NVIDIA GeForce RTX 3060', memoryTotal: 12_288 }), {
      name: 'NVIDIA GeForce RTX 3060',
      memoryBytes: 12_288 * 2 ** 20,
    });
  });

  it('names its maker once, and may not tell its memory', () => {
    assert.deepEqual(cardOf({ vendor: 'Intel', model: 'Intel Iris Xe', vram: null, vramDynamic: true }), {
      name: 'Intel Iris Xe',
      memoryBytes: 0,
    });
    assert.equal(cardOf({ ...card, vendor: 'AMD', model: 'Navi 31' }).name, 'AMD Navi 31');
  });
});

describe('saneBytes', () => {
  it('does not believe what cannot be', () => {
    assert.equal(saneBytes(8 * 2 ** 30), 8 * 2 ** 30);
    for (const absurd of [16_384 * 2 ** 50, -1, 0, Number.NaN, Number.POSITIVE_INFINITY])
      assert.equal(saneBytes(absurd), 0);
  });
});
