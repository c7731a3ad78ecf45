/** Edits as a person does them, answered by a script: what the model says is told to it in the instruction. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { repository } from './places';
import { openReadySession, type Session, type SessionOptions } from './session';
import { until } from './until';
import type { Place, Workbench } from './workbench';

export interface Scripted extends Pick<SessionOptions, 'settings' | 'workspace'> {
  /** More words of the command line of the scripted server (`test/support/scriptedServer.ts`). */
  readonly flags?: readonly string[];
}

/** A workbench in which a script chats and edits. @param model a file of a model that chats, of which only the header is read */
export async function openScriptedSession(
  name: string,
  model: string,
  files: Readonly<Record<string, string>>,
  { settings, workspace, flags = [] }: Scripted = {},
): Promise<Session> {
  const script = readFileSync(path.join(repository, 'dist/test/support/scriptedServer.cjs'), 'utf8');
  const session = await openReadySession(name, {
    settings: { 'editor.accessibilitySupport': 'off', 'diffEditor.renderSideBySide': true, ...settings },
    prepareExtension: (folder) =>
      writeFileSync(path.join(folder, 'dist/server.js'), `process.argv.push(...${JSON.stringify(flags)});\n${script}`),
    prepareFolder: (folder) => {
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
      }
    },
    ...(workspace && { workspace }),
  });
  const { workbench } = session;
  await workbench.command('Minnow: Add a Model…');
  await workbench.pick(model, `Use ${model}`);
  await workbench.pick('', 'Chat and edits');
  return session;
}

/** Selects lines, from the first to before the last, and asks for what the model shall say. */
export async function askFor(
  workbench: Workbench,
  { file, at, lines, says }: { file: string; at: Place; lines: number; says: string },
): Promise<void> {
  await workbench.openFile(file, at);
  for (let line = 0; line < lines; line++) await workbench.press('Shift+ArrowDown');
  await instruct(workbench, `say ${JSON.stringify(says)}`);
}

export async function instruct(workbench: Workbench, instruction: string): Promise<void> {
  const input = await openInput(workbench);
  await input.fill(instruction);
  await workbench.press('Enter');
}

/** Presses the key until the line is there: while another one is closing, the key is lost. */
export async function openInput(workbench: Workbench): Promise<Locator> {
  const input = workbench.quickInput().locator('input').first();
  await until(
    async () => {
      await workbench.press('Control+I');
      return input.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => undefined,
      );
    },
    { timeout: 15_000, what: 'the line for an instruction' },
  );
  return input;
}

/** The comparison with what is proposed. */
export function comparison({ page }: Workbench): Locator {
  return page.locator('.editor-instance .monaco-diff-editor');
}

/** The person is in the comparison: until then keys go to the file's own editor, or are lost. */
export async function isCompared(workbench: Workbench): Promise<void> {
  await comparison(workbench).locator('.modified .monaco-editor.focused, .monaco-editor.focused').first().waitFor();
  await workbench.page.locator('.tab.active[aria-label*="Minnow"]').first().waitFor();
  await workbench.idle();
}

/** What the status bar says of the edit. */
export function says({ page }: Workbench, words: string): Promise<void> {
  return page.locator(`.statusbar-item[aria-label*="Minnow: ${words}"]`).first().waitFor({ timeout: 30_000 });
}

/** Its comparison is gone, also where it was behind another tab. */
export async function isOver(workbench: Workbench): Promise<void> {
  const tab = workbench.page.locator(`.tab[aria-label*="Minnow's edit"]`);
  const isGone = async () => (await comparison(workbench).count()) + (await tab.count()) === 0;
  await until(async () => ((await isGone()) ? true : undefined), { what: 'the comparison to close' });
}

/** From the comparison to the file's own editor. */
export async function backTo(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.locator(`.tab[aria-label^="${name}"]:not([aria-label*="Minnow"])`).first().click();
  await workbench.page.locator('.codelens-decoration').getByText('Accept All').first().waitFor();
  await workbench.idle();
}

/** Waits for a notification that says this, and closes it with all others. */
export async function isTold(workbench: Workbench, words: RegExp): Promise<void> {
  await until(async () => ((await workbench.toasts()).some((toast) => words.test(toast)) ? true : undefined), {
    what: `a notification like ${words}`,
  });
  await workbench.command('Notifications: Clear All Notifications');
}

/** Code to edit, and what a model makes of it: a hunk at its first line and one further down. */
export const code = `export function total(prices: readonly number[]): number {
  let sum = 0;
  for (const price of prices) sum += price;
  return sum;
}

export function mean(prices: readonly number[]): number {
  return total(prices) / prices.length;
}
`;
export const documented = code
  .replace('export function total', '/** The sum of all prices. */\nexport function total')
  .replace(
    '  return total(prices) / prices.length;',
    '  if (prices.length === 0) return 0;\n  return total(prices) / prices.length;',
  );
