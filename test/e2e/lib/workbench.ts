/** The workbench in the browser, driven as a person would: by keys, by what is seen. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { shots } from './places';
import { until } from './until';
import type { VscodeServer } from './vscodeServer';

/** VS Code's own way to hand start options to the web workbench. */
export type Payload = ReadonlyArray<readonly [string, string]>;

export interface OpenOptions {
  readonly folder: string;
  /** The file of a workspace, opened instead of the folder. */
  readonly workspace?: string;
  readonly payload?: Payload;
  /** Called before the page is loaded. */
  readonly before?: (page: Page) => Promise<void>;
}

export interface Place {
  readonly line: number;
  /** From 1, as VS Code shows it. */
  readonly column: number;
}

const editorLines = '.editor-instance .monaco-editor .view-lines';

export function workbenchUrl(
  server: VscodeServer,
  { folder, workspace }: Pick<OpenOptions, 'folder' | 'workspace'>,
  payload: Payload = [],
): string {
  const url = new URL(server.url);
  if (workspace === undefined) url.searchParams.set('folder', folder);
  else url.searchParams.set('workspace', workspace);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.toString();
}

export class Workbench {
  /** What the page wrote to its console. */
  readonly console: string[] = [];

  static async open(browser: Browser, server: VscodeServer, options: OpenOptions): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
    const page = await context.newPage();
    const workbench = new Workbench(page);
    page.on('console', (message) => workbench.console.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => workbench.console.push(`page error: ${error.message}`));
    await options.before?.(page);
    const url = workbenchUrl(server, options, options.payload);
    await page.goto(url, { waitUntil: 'domcontentloaded' });
    return workbench;
  }

  private constructor(readonly page: Page) {}

  /** Waits for the workbench itself: the first sight of its status bar and of the files. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar .statusbar-item').first().waitFor({ timeout: 60_000 });
    await this.page.locator('.explorer-viewlet .monaco-list-row').first().waitFor({ timeout: 60_000 });
  }

  /** Minnow's item in the status bar, while it says this to a screen reader. */
  status(label: string): Locator {
    return this.page.locator(`.part.statusbar [aria-label^="Minnow: ${label}"]`).first();
  }

  /** Lets the model be loaded although no file of code is open, which would do so. */
  async beginModel(): Promise<void> {
    await this.status('').waitFor({ timeout: 60_000 });
    if (await this.status('not loaded').isVisible()) await this.command('Minnow: Restart the Model');
  }

  /** Waits until the model is loaded. */
  async modelReady(): Promise<void> {
    await this.status('ready').waitFor({ timeout: 60_000 });
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Types at the pace of a person in a hurry. */
  type(text: string): Promise<void> {
    return this.page.keyboard.type(text, { delay: 30 });
  }

  /** Runs a command by its whole title. */
  async command(title: string): Promise<void> {
    await this.summonAndPick('F1', `>${title}`, title);
  }

  /** Opens a file of the folder by a part of its path, or any file by its absolute path, and waits until its content is shown. */
  async openFile(file: string, place?: Place, shownAs = editorLines): Promise<void> {
    const name = path.basename(file);
    const filter = place === undefined ? file : `${file}:${place.line}:${place.column}`;
    await this.summonAndPick('Control+P', filter, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(shownAs).first().waitFor();
    await this.idle();
  }

  /**
   * Waits until the page has nothing to do. A new editor gets its ghost text part only then ("Eventually" among the times at which VS Code
   * makes the parts of an editor): what is typed before that is never asked about.
   */
  async idle(): Promise<void> {
    await this.page.evaluate('new Promise((done) => requestIdleCallback(() => requestIdleCallback(() => done())))');
  }

  editor(): Locator {
    return this.page.locator(editorLines).first();
  }

  /** The notification toasts now on screen. */
  async toasts(): Promise<string[]> {
    return this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: path.join(shots, `${name}.png`) });
  }

  /** Once more where a panel that has just opened took the focus, and the quick input with it. */
  private async summonAndPick(key: string, filter: string, label: string): Promise<void> {
    const picked = async () => {
      await this.summon(key);
      return this.pick(filter, label, 8_000).then(
        () => true,
        () => this.press('Escape').then(() => undefined),
      );
    };
    await until(picked, { timeout: 30_000, what: `${label} in the list behind ${key}` });
  }

  /** Fills the quick input that is open, and takes the row that says just this. */
  async pick(filter: string, label: string, timeout = 30_000): Promise<void> {
    await this.quickInput().locator('input').first().fill(filter, { timeout });
    // Enter would take the first row, which for a title that is not there yet, or no more, is another one.
    const row = this.quickInput().locator('.monaco-list-row').getByText(label, { exact: true }).first();
    await row.click({ timeout });
    // Off the editor and its tabs, where a resting pointer brings up hovers.
    await this.page.mouse.move(700, 899);
  }

  /** Presses a key that opens the quick input, until it does: while a dialog or a panel with a page in it is closing, the key is lost. */
  private async summon(key: string): Promise<void> {
    const summoned = async () => {
      await this.press(key);
      const shown = this.quickInput().waitFor({ timeout: 3_000 });
      return shown.then(
        () => true,
        // The page of a panel that was closed may hold the keys still: a click on an empty place takes them back.
        () => this.page.mouse.click(700, 899).then(() => undefined),
      );
    };
    await until(summoned, { timeout: 15_000, what: `${key} to open the quick input` });
  }

  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }
}
