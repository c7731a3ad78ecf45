/** A disk that is full while a conversation is kept: what was kept before stays whole, it is told, and the next time all is kept. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Kept } from '../../src/chat/exchange';
import { Saver } from '../../src/chat/saver';
import { Store } from '../../src/chat/store';
import { diskFolder } from '../../src/folder';

/** Mounting takes the right to. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

function conversation(length: number): Kept {
  const answer = { state: 'done', text: 'x'.repeat(length), thought: '', notes: [], canContinue: false } as const;
  const exchanges = [{ id: '1', question: { text: 'Why?', attachments: [] }, answer }];
  return { version: 1, id: 'a', title: 'Why?', changed: 1, exchanges };
}

describe('conversations on a disk of one megabyte', () => {
  let disk: string;
  before(async function () {
    if (!mayMount) this.skip();
    disk = await mkdtemp(path.join(tmpdir(), 'minnow-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'minnow', disk]);
  });
  after(async () => {
    if (disk === undefined) return;
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true });
  });

  it('lose nothing of what was there when it is full', async () => {
    const failures: unknown[] = [];
    const store = new Store(diskFolder(disk), () => 1);
    const saver = new Saver({
      save: (kept) => store.save(kept),
      onRenamed: () => assert.fail('it has another name'),
      onFailure: (error) => failures.push(error),
      clock: { now: () => 1, after: () => () => undefined },
    });
    saver.keep(conversation(1_000), true);
    await saver.flush();
    const fill = path.join(disk, 'fill');
    await writeFile(fill, Buffer.alloc(900_000));
    saver.keep(conversation(400_000), true);
    await saver.flush();
    assert.match(String(failures), /ENOSPC/);
    assert.deepEqual(await new Store(diskFolder(disk), () => 1).load('a'), conversation(1_000));
    assert.deepEqual((await readdir(disk)).toSorted(), ['a.json', 'fill']);
    await rm(fill);
    saver.keep(conversation(400_000), true);
    await saver.flush();
    assert.equal(failures.length, 1);
    assert.deepEqual(await new Store(diskFolder(disk), () => 1).load('a'), conversation(400_000));
  });
});
