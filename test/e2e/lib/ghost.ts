/** Ghost text as it is drawn. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { until } from './until';

/** The part of the DOM that the code below needs: it runs in the page. */
interface Drawn {
  readonly textContent: string | null;
  readonly className: string;
  closest(selector: string): Drawn | null;
  getBoundingClientRect(): { readonly top: number };
}

/** After the last key, ghost text that is to come has come. */
const SETTLED = 2_000;

/**
 * The ghost text now shown, '' when none. In VS Code 1.139 the rest of the cursor's line is one or more `.ghost-text-decoration`, one a
 * token (`…-preview` for what goes beyond the selected row of the list of suggestions); further lines are `.ghost-text` in lines of a
 * view zone. Blanks are drawn as no-break spaces, and tabs as blanks.
 */
export function ghostNow(page: Page): Promise<string> {
  return page.locator('[class*=ghost-text-decoration], .ghost-text').evaluateAll((elements) => {
    const text = (element: Drawn) => (element.textContent ?? '').replaceAll('\u00a0', ' ');
    const drawn: readonly Drawn[] = elements;
    const rest = drawn.filter((element) => element.className.includes('ghost-text-decoration'));
    const lines = new Map<Drawn, string>();
    for (const element of drawn) {
      if (rest.includes(element)) continue;
      const line = element.closest('.view-line') ?? element;
      lines.set(line, (lines.get(line) ?? '') + text(element));
    }
    const below = [...lines].sort(([a], [b]) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
    return [rest.map(text).join(''), ...below.map(([, line]) => line)].join('\n');
  });
}

/** Waits for ghost text that is right and holds still: its lines are drawn in separate steps. */
export async function waitGhost(
  page: Page,
  isRight: (text: string) => boolean = isSomething,
  timeout = 10_000,
): Promise<string> {
  let last = '';
  const ask = async () => {
    const before = await ghostNow(page);
    await sleep(150);
    last = await ghostNow(page);
    return before === last && isRight(last) ? last : undefined;
  };
  return until(ask, { timeout, what: 'ghost text' }).catch((error: Error) => {
    throw new Error(`${error.message} Last shown: ${JSON.stringify(last)}`);
  });
}

export function isSomething(text: string): boolean {
  return text !== '';
}

export async function waitNoGhost(page: Page): Promise<void> {
  await until(async () => ((await ghostNow(page)) === '' ? true : undefined), { what: 'the ghost text to go' });
}

/** Whether no ghost text comes for as long as one could still come. */
export async function staysSilent(page: Page): Promise<boolean> {
  const deadline = Date.now() + SETTLED;
  while (Date.now() < deadline) {
    if ((await ghostNow(page)) !== '') return false;
    await sleep(40);
  }
  return true;
}
