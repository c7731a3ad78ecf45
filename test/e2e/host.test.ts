/** Runs the tests of `host/` inside the extension host of the packaged extension, and shows each as a test of its own. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chatModel, FETCH_MS } from '../support/chatModel';
import type { Result } from './host/index';
import { ChatPanel, chooseModel } from './lib/chatPanel';
import { artifacts, repository } from './lib/places';
import { openSession, type Session } from './lib/session';
import { until } from './lib/until';

const report = path.join(artifacts, 'host-report.json');
/** The suite writes it when a model shall be chosen for chat. */
const wanted = path.join(artifacts, 'host-wants-model');
const suite = path.join(repository, 'dist/test/e2e/host/index.cjs');

describe('in the extension host', () => {
  it('passes every test of its own', async function () {
    this.timeout(FETCH_MS + 400_000);
    // Without it the tests of language models say that they are skipped.
    const model = await chatModel().catch((error: unknown) => void console.warn(String(error)));
    const code = await runInHost(model);
    const results: readonly Result[] = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : [];
    for (const { title, milliseconds, error } of results)
      console.log(`      ${error === undefined ? '✔' : '✘'} ${title} (${milliseconds} ms)`);
    const failures = results.flatMap(({ title, error }) => (error === undefined ? [] : [`${title}: ${error}`]));
    assert.deepEqual(failures, []);
    assert.ok(results.length > 0, 'There are results.');
    assert.equal(code, 0);
  });
});

/** Opens a workbench that runs the suite, and returns the exit code that the suite came to. */
async function runInHost(model: string | undefined): Promise<number> {
  rmSync(wanted, { force: true });
  const suiteEvents = new EventEmitter();
  const end = once(suiteEvents, 'end', { signal: AbortSignal.timeout(360_000) });
  const session = await openSession('host', {
    // Without this flag a built workbench silently ignores the two extension* entries of the payload.
    serverArgs: ['--enable-smoke-test-driver'],
    settings: { 'chat.disableAIFeatures': false },
    env: { MINNOW_E2E_REPORT: report, ...(model === undefined ? {} : { MINNOW_E2E_WANT_MODEL: wanted }) },
    payload: (remote, extension) => [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionTestsPath', remote(suite)],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ],
    // What the workbench calls when the suite speaks and when it ends.
    beforeLoad: async (page) => {
      await page.exposeFunction('codeAutomationLog', () => undefined);
      await page.exposeFunction('codeAutomationExit', (code: number) => suiteEvents.emit('end', code));
    },
  });
  try {
    if (model !== undefined) await Promise.race([end, chooseWhenWanted(session, model)]);
    const [code] = await end;
    return code;
  } finally {
    await session.close();
  }
}

async function chooseWhenWanted({ workbench }: Session, model: string): Promise<void> {
  await until(() => (existsSync(wanted) ? true : undefined), { timeout: 300_000, what: 'the suite to want a model' });
  await chooseModel(workbench, await ChatPanel.open(workbench), model);
}
