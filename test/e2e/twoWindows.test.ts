/** Two windows of one user: one engine for both. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { shootFailures } from './lib/failures';
import { findAll } from './lib/processes';
import { copySample } from './lib/sample';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter } from './lib/typing';
import { until } from './lib/until';
import { Workbench } from './lib/workbench';

describe('two windows', () => {
  let session: Session;
  let second: Session;

  before('start a workbench', async () => {
    session = await openReadySession('twoWindows');
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  const engines = (): number[] => findAll(path.join(session.extension, 'dist/server.js'));

  it('share one engine, and the second one is ready at once', async () => {
    const browser = session.workbench.page.context().browser();
    assert.ok(browser !== null);
    const folder = path.join(path.dirname(session.folder), 'other');
    copySample(folder);
    second = { ...session, folder, workbench: await Workbench.open(browser, session.server, { folder }) };
    await second.workbench.ready();
    await second.workbench.beginModel();
    await second.workbench.modelReady();
    await ghostAfter(session, { file: 'src/point.ts', typed: 'return ' });
    await ghostAfter(second, { file: 'src/point.ts', typed: 'return ' });
    assert.equal(engines().length, 1);
    await second.workbench.shoot('twoWindows-second');
  });

  it('have one new engine when it is killed, without a word', async () => {
    const [killed = 0] = engines();
    process.kill(killed, 'SIGKILL');
    await until(() => (engines().some((pid) => pid !== killed) ? true : undefined), { what: 'another engine' });
    for (const { workbench } of [session, second]) {
      await workbench.modelReady();
      assert.deepEqual(await workbench.toasts(), []);
    }
    assert.equal(engines().length, 1);
  });

  it('have one new engine when one of them restarts it', async () => {
    const [before] = engines();
    await session.workbench.command('Minnow: Restart the Model');
    const isOther = () => (engines().length === 1 && engines()[0] !== before ? true : undefined);
    await until(isOther, { what: 'one other engine' });
    for (const { workbench } of [session, second]) {
      await workbench.modelReady();
      assert.deepEqual(await workbench.toasts(), []);
    }
    assert.equal(engines().length, 1);
  });
});

describe('a window that cannot share', () => {
  let session: Session;

  before('start a workbench where the folder to meet in is open to others', async () => {
    const runtime = mkdtempSync(path.join(os.tmpdir(), 'm-'));
    const folder = path.join(runtime, `minnow-${process.getuid?.()}`);
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    session = await openReadySession('ownProcess', { env: { XDG_RUNTIME_DIR: runtime } });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('has a process of its own, and ghost text', async () => {
    await ghostAfter(session, { file: 'src/point.ts', typed: 'return ' });
    const [pid = 0, ...others] = findAll(path.join(session.extension, 'dist/server.js'));
    assert.deepEqual(others, []);
    assert.match(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), /--node-ipc/);
    assert.deepEqual(await session.workbench.toasts(), []);
  });
});
