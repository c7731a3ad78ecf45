import assert from 'node:assert/strict';
import { DownloadError, diskFault, statusFault } from '../../../../src/download/faults';
import { together } from '../../../../src/download/together';
import { Tries } from '../../../../src/download/tries';
import { contradicts, integrityOf, sha256Of } from '../../../../src/download/verify';

const never = new AbortController().signal;
const cutOff = new DownloadError('serverFailed', 'cut', 0);

describe('tries of a download', () => {
  it('end after so many without progress', async () => {
    const tries = new Tries({ tries: 3, backoffMs: 1 });
    await tries.afterFailure(cutOff, 100_000, never);
    await tries.afterFailure(cutOff, 100_000, never);
    await tries.afterFailure(cutOff, 200_000, never);
    await tries.afterFailure(cutOff, 200_010, never);
    await assert.rejects(tries.afterFailure(cutOff, 200_020, never), cutOff);
  });

  it('end at once where another would not help, and with the signal', async () => {
    const tries = new Tries({ tries: 3, backoffMs: 60_000 });
    for (const error of [statusFault(404, 0), new Error('bug'), new DownloadError('serverFailed', '', 3_600_000)])
      await assert.rejects(tries.afterFailure(error, 0, never), error);
    const stop = new AbortController();
    const waiting: boolean[] = [];
    const told = new Tries({ tries: 3, backoffMs: 60_000 }, (isWaiting) => waiting.push(isWaiting));
    const wait = told.afterFailure(cutOff, 0, stop.signal);
    stop.abort();
    await assert.rejects(wait, { name: 'AbortError' });
    assert.deepEqual(waiting, [true, false]);
  });

  it('are worth it after errors that pass', () => {
    for (const status of [408, 425, 429, 500, 502, 503, 504]) assert.equal(statusFault(status, 7).retryAfterMs, 7);
    for (const status of [400, 401, 403, 404, 410, 451]) assert.equal(statusFault(status, 7).retryAfterMs, null);
  });
});

describe('together', () => {
  it('stops the others with the first that fails, and waits for them', async () => {
    const ended: string[] = [];
    const wait = async (signal: AbortSignal): Promise<void> => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      ended.push('other');
      throw new Error('stopped');
    };
    const failing = async (): Promise<void> => {
      throw cutOff;
    };
    await assert.rejects(together([wait, failing, wait], never), cutOff);
    assert.deepEqual(ended, ['other', 'other']);
    await together([], never);
  });
});

describe('what a download is compared with', () => {
  it('is the strongest digest', () => {
    assert.deepEqual(integrityOf('sha1-AAAA sha256-BBBB= sha512-CCCC=='), { algorithm: 'sha512', base64: 'CCCC==' });
    assert.throws(() => integrityOf('sha1-AAAA'), { fault: 'badDigest' });
    assert.equal(sha256Of('AB'.repeat(32)), 'ab'.repeat(32));
    assert.throws(() => sha256Of('ab'), { fault: 'badDigest' });
  });

  it('is what it begins with, however it is cut', () => {
    const bytes = Buffer.from('GGUF....');
    for (let at = 0; at < 8; at++) assert.ok(!contradicts(bytes.subarray(at), at, 'GGUF'));
    assert.ok(!contradicts(bytes.subarray(0, 2), 0, 'GGUF'));
    assert.ok(contradicts(Buffer.from('GX'), 0, 'GGUF'));
    assert.ok(contradicts(Buffer.from('X'), 3, 'GGUF'));
    assert.ok(!contradicts(Buffer.from('X'), 4, 'GGUF'));
    assert.ok(!contradicts(Buffer.from([0x1f, 0x8b]), 0, '\x1f\x8b'));
    assert.ok(!contradicts(Buffer.from('X'), 0, undefined));
  });
});

describe('faults of a disk', () => {
  it('are told by the code of the system', () => {
    const of = (code: string): string =>
      diskFault(Object.assign(new Error(code), { code, syscall: 'write', errno: 1 })).fault;
    assert.deepEqual(['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EIO'].map(of), [
      'diskFull',
      'diskFull',
      'notWritable',
      'notWritable',
      'notWritable',
    ]);
    assert.throws(() => diskFault(new TypeError('bug')), TypeError);
  });
});
