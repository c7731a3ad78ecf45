/** Runs a suite of `host/` inside the extension host, and shows each of its tests. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../host/index';
import { artifacts, repository } from './places';
import { openSession, type Session, type SessionOptions } from './session';

const program = path.join(repository, 'dist/test/e2e/host/index.cjs');
/** An extension that uses ours, as the docs show it. */
const sample = path.join(repository, 'docs/sample');
const PATIENCE_MS = 360_000;

/**
 * Opens a workbench that runs the suite, and fails where one of its tests does.
 *
 * @param name of the suite, and of the folder among the artifacts
 * @param beside what is done outside meanwhile; it is not waited for
 */
export async function runSuite(
  name: string,
  options: SessionOptions,
  beside?: (session: Session) => Promise<void>,
): Promise<void> {
  const report = path.join(artifacts, `${name}-report.json`);
  rmSync(report, { force: true });
  const suiteEvents = new EventEmitter();
  const end = once(suiteEvents, 'end', { signal: AbortSignal.timeout(PATIENCE_MS) });
  const session = await openSession(name, {
    ...options,
    // Without this flag a built workbench silently ignores the extension* entries of the payload.
    serverArgs: ['--enable-smoke-test-driver'],
    env: { ...options.env, MINNOW_E2E_REPORT: report, MINNOW_E2E_SUITE: name },
    payload: (remote, extension) => [
      ['extensionDevelopmentPath', remote(extension)],
      ['extensionDevelopmentPath', remote(sample)],
      ['extensionTestsPath', remote(program)],
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
    if (beside !== undefined) await Promise.race([end, beside(session)]);
    const [code] = await end;
    show(report);
    assert.equal(code, 0);
  } finally {
    await session.close();
  }
}

function show(report: string): void {
  const results: readonly Result[] = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : [];
  for (const { title, milliseconds, error } of results)
    console.log(`      ${error === undefined ? '✔' : '✘'} ${title} (${milliseconds} ms)`);
  const failures = results.flatMap(({ title, error }) => (error === undefined ? [] : [`${title}: ${error}`]));
  assert.deepEqual(failures, []);
  assert.ok(results.length > 0, 'There are results.');
}
