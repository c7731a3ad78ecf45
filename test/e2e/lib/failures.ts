/** For a test that failed: what the workbench looked like. Call it in a `describe`. */
import type { Session } from './session';

export function shootFailures(session: () => Session | undefined): void {
  afterEach('take a screenshot of a failure', async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 100);
    await session()?.workbench.shoot(`failed-${name}`);
  });
}
