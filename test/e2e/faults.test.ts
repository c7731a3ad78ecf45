/** The server is killed and stopped again and again while somebody types beside an answer: the text is what was typed, and ghost text comes back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { integer, seeded } from '../../server/measure/random';
import { chatModelFor } from '../support/chatModel';
import { ChatPanel } from './lib/chatPanel';
import { save } from './lib/disk';
import { openScriptedSession } from './lib/editing';
import { shootFailures } from './lib/failures';
import { isSomething, waitGhost } from './lib/ghost';
import { findServers } from './lib/processes';
import type { Session } from './lib/session';
import { until } from './lib/until';

const SEED = 4_242;
/** Fewer in a row than those after which a server is not started again by itself. */
const KILLS = 4;
const STOPPED_MS = 5_000;
/** The script answers with the last word in capitals. */
const WORD = 'word';
/** No brackets, quotes or line ends: the editor adds to these by itself. */
const LINES = [
  'const first = one + two; ',
  'const second = three - four; ',
  'const third = five; ',
  'const fourth = six; ',
];
const story = Array.from({ length: 400 }, (_, n) => `word${n}`).join(' ');

describe(`a server that is killed and stopped while somebody works (seed ${SEED})`, () => {
  let session: Session;
  const random = seeded(SEED);
  const file = (name: string): string => path.join(session.folder, name);

  before('start a workbench', async function () {
    const model = await chatModelFor(this);
    session = await openScriptedSession('faults', model, {
      'killed.ts': '',
      'stopped.ts': '',
      'edited.ts': 'const a = 1;\n',
    });
  });
  after('stop it', () => session?.close());
  shootFailures(() => session);

  /** Types on, not knowing of anything, until there is ghost text. */
  async function ghostIsBack(): Promise<void> {
    const { workbench } = session;
    const ask = async (): Promise<true | undefined> => {
      await workbench.type(WORD);
      // Asked for, it comes although the same was refused before.
      await workbench.press('Alt+\\');
      const isShown = await waitGhost(workbench.page, isSomething, 3_000).then(
        () => true,
        () => false,
      );
      await workbench.press('Escape');
      for (const _ of WORD) await workbench.press('Backspace');
      return isShown || undefined;
    };
    await until(ask, { timeout: 60_000, what: 'ghost text to be back' });
  }

  it(`has what was typed after ${KILLS} kills at random moments, beside an answer`, async function () {
    this.timeout(240_000);
    const { workbench } = session;
    const panel = await ChatPanel.open(workbench);
    await panel.ask(`say ${JSON.stringify(story)}`);
    await panel.streams();
    await workbench.openFile('killed.ts');
    let kills = 0;
    const killing = (async () => {
      for (; kills < KILLS; kills++) {
        await sleep(integer(random, 300, 3_500));
        const pids = await until(() => some(findServers(session.extension)), {
          timeout: 30_000,
          what: 'a server to kill',
        });
        process.kill(pids[integer(random, 0, pids.length)] ?? 0, 'SIGKILL');
      }
    })();
    for (const line of LINES) await workbench.type(line);
    await killing;
    await workbench.press('Escape');
    assert.equal(await save(workbench, file('killed.ts')), LINES.join(''));
    assert.deepEqual(
      (await workbench.toasts()).filter((each) => !each.startsWith('Measuring')),
      [],
    );
    await ghostIsBack();
    await workbench.press('Control+S');
    await until(() => (readFileSync(file('killed.ts'), 'utf8') === LINES.join('') ? true : undefined), {
      what: 'the text as it was typed',
    });
  });

  it(`lets somebody type while it stands still for ${STOPPED_MS} ms, and answers afterwards`, async function () {
    this.timeout(180_000);
    const { workbench } = session;
    await workbench.openFile('stopped.ts');
    await ghostIsBack();
    const pids = findServers(session.extension);
    assert.ok(pids.length > 0);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const started = performance.now();
    let typedIn: number;
    try {
      await workbench.type(LINES[0] ?? '');
      await workbench.editor().getByText('two;').first().waitFor();
      typedIn = performance.now() - started;
      await sleep(Math.max(0, STOPPED_MS - typedIn));
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
    assert.ok(typedIn < STOPPED_MS, `what was typed stood there after ${typedIn} ms`);
    assert.equal((await save(workbench, file('stopped.ts'))).trimEnd(), LINES[0]?.trimEnd());
    await ghostIsBack();
    assert.deepEqual(findServers(session.extension), pids, 'the same processes go on');
    assert.deepEqual(await workbench.toasts(), []);
  });
});

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
