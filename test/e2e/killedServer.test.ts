/** The language server dies while it answers: ghost text comes back by itself, and nothing is said. */
import assert from 'node:assert/strict';
import { shootFailures } from './lib/failures';
import { waitGhost } from './lib/ghost';
import { findBelow } from './lib/processes';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter } from './lib/typing';
import { until } from './lib/until';

/** As the extension host starts it. */
const program = 'dist/server.js';

describe('a language server that is killed', () => {
  let session: Session;

  before('start a workbench', async () => {
    session = await openReadySession('killedServer');
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  it('is back within 10 seconds, without a word', async () => {
    const { workbench, server } = session;
    await ghostAfter(session, { file: 'src/point.ts', typed: 'return ' });
    const first = findBelow(server.pid, program);
    assert.ok(first !== undefined, 'the server runs');
    await workbench.type('t');
    process.kill(first, 'SIGKILL');
    const killedAt = Date.now();
    await until(() => other(findBelow(server.pid, program), first), { what: 'another server' });
    await workbench.modelReady();
    await workbench.type('h');
    await waitGhost(workbench.page);
    const took = Date.now() - killedAt;
    assert.ok(took < 10_000, `Ghost text was back after ${took} ms.`);
    await workbench.shoot('killedServer-back');
    assert.deepEqual(await workbench.toasts(), []);
  });
});

function other(pid: number | undefined, than: number): number | undefined {
  return pid === than ? undefined : pid;
}
