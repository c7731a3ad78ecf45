/** The page of the dashboard in the workbench. */
import type { Frame } from 'playwright-core';
import { until } from './until';
import type { Workbench } from './workbench';

/** Once it is drawn. */
export function dashboardPage({ page }: Workbench): Promise<Frame> {
  const find = async (): Promise<Frame | undefined> => {
    for (const frame of page.frames()) {
      // Frames come and go while the workbench draws.
      const found = await frame
        .locator('#dashboard[data-drawn]')
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    return undefined;
  };
  return until(find, { timeout: 30_000, what: 'the page of the dashboard' });
}
