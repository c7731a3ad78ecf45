/** Locks among processes where the clock jumps: one that is held is left alone, one that was left behind does not hold for a day. */
import assert from 'node:assert/strict';
import { mkdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { isLockedAt, lockAt } from '../../src/lock';
import { inFolder } from '../support/modelFiles';

const STALE_MS = 3_000;
const DAY_S = 86_400;

const jump = async (file: string, seconds: number): Promise<void> => {
  const at = Date.now() / 1000 + seconds;
  await utimes(file, at, at);
};

describe('a lock where the clock jumps', () => {
  for (const [name, seconds] of [
    ['back', DAY_S],
    ['forward', -DAY_S],
  ] as const)
    it(`is taken over when it was left behind and the clock was set ${name} by a day`, () =>
      inFolder(async (folder) => {
        const file = path.join(folder, 'lock');
        await mkdir(file);
        await jump(file, seconds);
        assert.equal(await isLockedAt(file, STALE_MS), false);
        const lock = await lockAt(file, STALE_MS);
        assert.ok(lock !== undefined);
        assert.equal(await isLockedAt(file, STALE_MS), true);
        await lock.release();
      }));

  it('is left to whoever freshens it when the clock was set back by a day', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'lock');
      await mkdir(file);
      await jump(file, DAY_S);
      // Another machine's clock, or what a holder does at its next turn.
      const freshening = setTimeout(() => void jump(file, DAY_S + 5), STALE_MS / 3);
      assert.equal(await lockAt(file, STALE_MS), undefined);
      clearTimeout(freshening);
      assert.ok((await stat(file)).isDirectory());
    }));

  it('is told apart from one that is given back meanwhile', () =>
    inFolder(async (folder) => {
      const file = path.join(folder, 'lock');
      const lock = await lockAt(file, STALE_MS);
      await jump(file, DAY_S);
      const asked = lockAt(file, STALE_MS);
      setTimeout(() => void lock?.release(), 500);
      const other = await asked;
      // Nobody has it any more: the next try gets it.
      assert.equal(other, undefined);
      await (await lockAt(file, STALE_MS))?.release();
    }));
});
