import assert from 'node:assert/strict';
import { readCommandLine } from '../../../server/commandLine';
import { serverArgs } from '../../../src/client/launch';
import { defaultLaunch, embedded } from '../../support/server';

describe('readCommandLine', () => {
  it('reads all that the client says', () => {
    const launch = {
      backend: 'vulkan',
      threads: 6,
      gpuLayers: 12,
      contextSize: 4096,
      flashAttention: 'off',
      kvCacheType: 'q8_0',
      memoryLock: true,
      unloadAfterMinutes: 30,
      engineFolder: '/engines/vulkan 1',
      adapter: '/adapters/a=b.gguf',
    } as const;
    const { options, unloadAfterMinutes, warnings } = readCommandLine(serverArgs(embedded, launch));
    const { unloadAfterMinutes: minutes, ...wished } = launch;
    const { name, bytes, context, fim } = embedded.model;
    const told = { file: embedded.file, name, bytes, layout: fim, trainedOn: context, ...wished };
    assert.deepEqual(options, { job: 'completion', ...told });
    assert.equal(readCommandLine([...serverArgs(embedded, launch), '--job=chat']).options.job, 'chat');
    assert.equal(unloadAfterMinutes, minutes);
    assert.deepEqual(warnings, []);
  });

  it('takes defaults where nothing is said, which are those of the settings', () => {
    const { options, warnings, unloadAfterMinutes } = readCommandLine(['--node-ipc', '--model=a.gguf']);
    const { unloadAfterMinutes: _, ...defaults } = defaultLaunch;
    const unsaid = { job: 'completion', name: 'model', layout: 'psm', trainedOn: 0 };
    assert.deepEqual(options, { file: 'a.gguf', ...unsaid, ...defaults, backend: 'auto' });
    assert.equal(unloadAfterMinutes, 0);
    assert.deepEqual(warnings, []);
  });

  it('takes the default or the nearest bound for nonsense, and tells', () => {
    const nonsense = [
      '--threads=many',
      '--gpuLayers=1.5',
      '--contextSize=-3',
      '--flashAttention=perhaps',
      '--kvCacheType=q4',
      '--memoryLock=1',
      '--unloadAfterMinutes=NaN',
      '--backend',
      '--trainedOn=',
      '--layout=msp',
      '--bytes=Infinity',
    ];
    const { options, unloadAfterMinutes, warnings } = readCommandLine(nonsense);
    assert.equal(warnings.length, nonsense.length, warnings.join('\n'));
    const { threads, gpuLayers, contextSize, flashAttention, kvCacheType, memoryLock, backend } = options;
    assert.deepEqual(
      { threads, gpuLayers, contextSize, flashAttention, kvCacheType, memoryLock, backend, unloadAfterMinutes },
      {
        threads: 0,
        gpuLayers: -1,
        contextSize: 512,
        flashAttention: 'auto',
        kvCacheType: 'auto',
        memoryLock: false,
        backend: 'auto',
        unloadAfterMinutes: 0,
      },
    );
    assert.equal(readCommandLine(['--contextSize=100']).options.contextSize, 512);
    assert.equal(readCommandLine(['--contextSize=0']).options.contextSize, 0);
  });

  it('knows parts of minutes, the last of two values, and leaves alone what is the transport’s', () => {
    assert.equal(readCommandLine(['--unloadAfterMinutes=0.05']).unloadAfterMinutes, 0.05);
    assert.equal(readCommandLine(['--threads=2', '--threads=3']).options.threads, 3);
    assert.deepEqual(readCommandLine(['--stdio', '--pipe=/tmp/x', '--clientProcessId=7', 'stray']).warnings, []);
  });
});
