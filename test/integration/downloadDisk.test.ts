import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { partOf, readJournal } from '../../src/download/journal';
import { sizeOf } from '../../src/download/ranges';
import { unfinished } from '../../src/download/unfinished';
import { modelBytes, Place, parallel, quick } from '../support/downloads';

const body = modelBytes(1_500_000);
/** Mounting takes the right to. */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

describe('download to a disk with faults', () => {
  let place: Place;
  beforeEach(async () => {
    place = await Place.make();
    place.serve({ body });
  });
  afterEach(() => place.remove());

  it('says when there is not enough space, before a byte is fetched', async () => {
    assert.equal(await place.faultOf({ ...quick, marginBytes: 1e18 }), 'diskFull');
    assert.ok(place.hub.sent <= 1);
  });

  it('says when the folder cannot be made or written', async () => {
    await writeFile(path.join(place.folder, 'file'), '');
    assert.equal(await place.faultOf(quick, { file: path.join(place.folder, 'file', 'model.gguf') }), 'notWritable');
    await mkdir(place.file, { recursive: true });
    assert.equal(await place.faultOf(quick, { bytes: body.length }), 'notWritable');
  });

  describe('of two megabytes', () => {
    before(function () {
      if (!mayMount) this.skip();
    });
    let disk: string;
    beforeEach(async () => {
      disk = path.join(place.folder, 'disk');
      await mkdir(disk);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'minnow', disk]);
    });
    afterEach(() => {
      execFileSync('umount', [disk]);
    });

    it('stops when the disk is full on the way, and goes on when there is space', async () => {
      const file = path.join(disk, 'model.gguf');
      place.serve({ body, bytesPerSecond: 600_000 });
      const fill = path.join(disk, 'fill');
      setTimeout(() => void writeFile(fill, Buffer.alloc(1_000_000)), 200);
      assert.equal(await place.faultOf(quick, { file }), 'diskFull');
      const [found] = await unfinished(disk);
      assert.equal(found?.isRunning, false);
      const { size } = await stat(`${file}.part`);
      assert.ok((found?.received ?? 0) <= size, `${found?.received} of ${size}`);
      assert.equal(await place.faultOf(quick, { file }), 'diskFull');
      await rm(fill);
      place.serve({ body });
      const before = place.hub.seen.length;
      assert.equal((await place.get(quick, { file })).bytes, body.length);
      assert.equal(place.hub.askedSince(before), body.length - (found?.received ?? 0));
      assert.ok((found?.received ?? 0) > 0, `${found?.received}`);
    });

    it('says when it can only be read', async () => {
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      assert.equal(await place.faultOf(quick, { file: path.join(disk, 'model.gguf') }), 'notWritable');
      assert.equal(await place.faultOf(quick, { file: path.join(disk, 'deep', 'model.gguf') }), 'notWritable');
    });
  });

  it('writes down only what lies on disk', async () => {
    place.serve({ body, bytesPerSecond: 300_000 });
    const got = place.get(parallel);
    let looks = 0;
    for (let isDone = false; !isDone; ) {
      isDone = await Promise.race([got.then(() => true), sleep(50, false)]);
      const journal = await readJournal(place.file);
      const part = await readFile(partOf(place.file)).catch(() => undefined);
      if (journal === undefined || part === undefined || sizeOf(journal.onDisk) === 0) continue;
      for (const [start, end] of journal.onDisk) assert.ok(part.subarray(start, end).equals(body.subarray(start, end)));
      looks++;
    }
    assert.ok(looks > 0);
    assert.deepEqual(await place.content(), body);
  });
});
