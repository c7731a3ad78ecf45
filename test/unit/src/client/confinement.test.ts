import assert from 'node:assert/strict';
import { confinement, type Permissions } from '../../../../src/client/confinement';

const now: Permissions = { flag: '--permission', coversNet: false };
const linux = { platform: 'linux', env: {} } as const;
const reads = ['/a b/dist/server.js', '/models/ü.gguf'];

describe('confinement', () => {
  it('lets a process read what it needs and the system, load its engine, and nothing else', () => {
    const flags = confinement(now, { reads }, linux) ?? assert.fail();
    assert.equal(flags[0], '--permission');
    for (const file of reads) assert.ok(flags.includes(`--allow-fs-read=${file}`), file);
    const allowed = flags.filter((flag) => flag.startsWith('--allow-') && !flag.startsWith('--allow-fs-read=/'));
    assert.deepEqual(allowed, ['--allow-addons']);
  });

  it('opens no folder in which people keep their files', () => {
    for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
      const flags = confinement(now, { reads: [] }, { platform, env: { SystemRoot: 'C:\\Windows' } }) ?? assert.fail();
      for (const flag of flags) assert.doesNotMatch(flag, /=(\/|\*|[A-Z]:\\?|\/(home|Users|root|tmp|etc|proc)\/?)$/);
    }
  });

  it('lets one with a socket write to the folder of it, and use it where the network is taken away', () => {
    const needs = { reads, runtimeFolder: '/run/user/1/minnow-1' };
    const write = '--allow-fs-write=/run/user/1/minnow-1';
    assert.ok(confinement(now, needs, linux)?.includes(write));
    assert.ok(!confinement(now, needs, linux)?.includes('--allow-net'));
    assert.ok(confinement({ ...now, coversNet: true }, needs, linux)?.includes('--allow-net'));
    assert.ok(!confinement({ ...now, coversNet: true }, { reads }, linux)?.includes('--allow-net'));
  });

  it('is none where a path would mean something else in a flag', () => {
    for (const file of ['/a,b/server.js', '/a*'])
      assert.equal(confinement(now, { reads: [file] }, linux), undefined, file);
  });

  it('knows where Windows and a CUDA toolkit lie', () => {
    const env = { SystemRoot: 'D:\\Win', CUDA_PATH: 'D:\\CUDA\\v13' };
    const flags = confinement(now, { reads }, { platform: 'win32', env }) ?? assert.fail();
    assert.ok(flags.includes('--allow-fs-read=D:\\Win\\System32'));
    assert.ok(flags.includes('--allow-fs-read=D:\\CUDA\\v13'));
  });
});
