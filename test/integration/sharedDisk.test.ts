/** The folder in which windows meet is on a disk that is full or read-only: no process is left that nobody can find, and the window has one of its own. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { serverArgs } from '../../src/client/launch';
import { sharedEngine } from '../../src/client/sharedEngine';
import { spawnEngine } from '../../src/client/spawnEngine';
import { Ledger } from '../../src/download/ledger';
import { findAll } from '../e2e/lib/processes';
import { defaultLaunch, embedded, root } from '../support/server';
import { SharedWindow } from '../support/sharedWindow';
import { SmallDisk } from '../support/smallDisk';

const module = path.join(root, 'dist/test/support/scriptedServer.cjs');
const uri = 'file:///sample/a.js';

describe('a runtime folder without room', () => {
  let disk: SmallDisk;
  before(function () {
    if (!SmallDisk.isPossible) this.skip();
  });
  beforeEach(() => {
    disk = new SmallDisk('size=1m,nr_inodes=40');
  });
  afterEach(() => disk?.unmount());

  const share = () =>
    sharedEngine(
      {
        command: { module, args: ['--graceMs=0'], execArgv: [] },
        modelFile: embedded.file,
        warn: () => undefined,
        env: { XDG_RUNTIME_DIR: disk.folder },
      },
      new AbortController().signal,
    );
  /** The window goes on with a process of its own where the failure has a code of the system, or says that windows cannot share. */
  const fails = async (): Promise<void> => {
    const failure = await share().then(
      () => assert.fail('it is shared'),
      (error: unknown) => error,
    );
    assert.ok(
      failure instanceof Error && ('code' in failure || failure.constructor.name === 'CannotShare'),
      `${failure}`,
    );
    assert.deepEqual(findAll(`--pipe=${disk.folder}`), [], 'no process is left');
  };
  async function isSharedAgain(): Promise<void> {
    const window = await SharedWindow.open(await share());
    await window.ready();
    assert.equal(await window.complete(uri, 'let back'), 'BACK');
    await window.leave('alone');
    await window.closed;
  }

  it('leaves no process behind when it is full, and is used when it has room again', async () => {
    disk.fill();
    await fails();
    assert.deepEqual(
      readdirSync(path.join(disk.folder, readdirSync(disk.folder).find(isMeeting) ?? '')).filter(isRest),
      [],
    );
    disk.empty();
    await isSharedAgain();
  });

  // Folder, lock, log, socket, description: each of them may be the one too many.
  for (const left of [0, 1, 2, 3, 4])
    it(`leaves no process behind when it takes only ${left} names more`, async () => {
      disk.fillNames(left);
      await fails();
    });

  it('is given up for the folder of temporary files when it is read-only', async () => {
    await isSharedAgain();
    disk.readOnly();
    await isSharedAgain();
    assert.deepEqual(findAll(`--pipe=${disk.folder}`), [], 'no process is left');
  });

  it('keeps the network ledger as it was, says so, and goes on when there is room again', async () => {
    const failures: unknown[] = [];
    const ledger = new Ledger(path.join(disk.folder, 'ledger.jsonl'), (error) => failures.push(error));
    const entry = { url: 'https://hub.example/a.gguf', when: 1, bytes: 5, why: 'x'.repeat(900) };
    await ledger.note(entry);
    disk.fill();
    for (let when = 2; when < 20; when++) await ledger.note({ ...entry, when });
    assert.match(String(failures), /ENOSPC/);
    disk.empty();
    await ledger.note({ ...entry, when: 99 });
    const whens = (await ledger.entries()).map(({ when }) => when);
    assert.deepEqual([whens[0], whens.at(-1)], [99, 1]);
    assert.equal(whens.length, 20 - failures.length);
  });

  it('does not keep a process from answering that cannot write its log', async () => {
    const pipe = path.join(disk.folder, 's.sock');
    const command = {
      module: path.join(root, 'dist/server.js'),
      args: serverArgs(embedded, defaultLaunch),
      execArgv: [],
    };
    const place = { folder: disk.folder, log: '/dev/full', pipe, key: '0'.repeat(64) };
    const joined = await spawnEngine(command, place, async () => undefined, new AbortController().signal);
    const window = await SharedWindow.open({ ...joined, isNew: true, log: place.log });
    try {
      await window.ready();
      assert.equal(typeof (await window.complete('file:///sample/p.js', 'const ab = 1;\nconst cd = a')), 'string');
    } finally {
      await window.leave('alone');
      await window.closed;
    }
  });
});

const isMeeting = (name: string): boolean => name.startsWith('minnow-');
/** A log says why; everything else is to be gone. */
const isRest = (name: string): boolean => !name.endsWith('.log');
