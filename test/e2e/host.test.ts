/** Runs the tests of `host/` inside the extension host of the packaged extension, and shows each as a test of its own. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Result } from './host/index';
import { artifacts, repository } from './lib/places';
import { openSession } from './lib/session';

const report = path.join(artifacts, 'host-report.json');
const suite = path.join(repository, 'dist/test/e2e/host/index.cjs');

describe('in the extension host', () => {
  it('passes every test of its own', async function () {
    this.timeout(300_000);
    const code = await runInHost();
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
async function runInHost(): Promise<number> {
  const suiteEvents = new EventEmitter();
  const end = once(suiteEvents, 'end', { signal: AbortSignal.timeout(240_000) });
  const session = await openSession('host', {
    // Without this flag a built workbench silently ignores the two extension* entries of the payload.
    serverArgs: ['--enable-smoke-test-driver'],
    env: { MINNOW_E2E_REPORT: report },
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
    const [code] = await end;
    return code;
  } finally {
    await session.close();
  }
}
