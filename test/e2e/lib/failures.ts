/** For a test that failed: what the workbench looked like. Call it in a `describe`. */
import type { Session } from './session';

export function shootFailures(session: () => Session | undefined): void {
  // A browser, an editor and a model on two busy cores: where a gate hangs on it, a test that fails is run again, twice at most, and says so.
  const begun = new Set<string>();
  beforeEach('say that a test is run again', async function () {
    const title = this.currentTest?.fullTitle() ?? '';
    if (begun.has(title)) {
      console.log(`      once more: ${title}`);
      await session()?.workbench.press('Escape');
    }
    begun.add(title);
  });
  afterEach('take a screenshot of a failure', async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.fullTitle().replace(/\W+/g, '-').slice(0, 100);
    await session()?.workbench.shoot(`failed-${name}`);
  });
}
