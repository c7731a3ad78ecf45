/** The language server dies while it answers: ghost text comes back by itself, and nothing is said. */
import assert from 'node:assert/strict';
import { shootFailures } from './lib/failures';
import { isSomething, waitGhost } from './lib/ghost';
import { findBelow } from './lib/processes';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter } from './lib/typing';
import { until } from './lib/until';
import type { Workbench } from './lib/workbench';

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
    await until(() => ghostByTyping(workbench), { what: 'ghost text to be back' });
    const took = Date.now() - killedAt;
    assert.ok(took < 10_000, `Ghost text was back after ${took} ms.`);
    await workbench.modelReady();
    await workbench.shoot('killedServer-back');
    assert.deepEqual(await workbench.toasts(), []);
  });
});

/** Somebody types on, not knowing of anything, and asks: a letter, and the same again. */
async function ghostByTyping(workbench: Workbench): Promise<string | undefined> {
  await workbench.type('h');
  await workbench.press('Alt+\\');
  const ghost = await waitGhost(workbench.page, isSomething, 1_500).catch(() => undefined);
  if (ghost === undefined) await workbench.press('Backspace');
  return ghost;
}

function other(pid: number | undefined, than: number): number | undefined {
  return pid === than ? undefined : pid;
}
