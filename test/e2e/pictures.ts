/**
 * `npm run pictures`: the README's pictures, from the real workbench with the packaged extension, into docs/pictures; and media/icon.png from
 * its SVG. Ghost text is what the embedded model says; in the pictures of chat and edits a script speaks, and the dashboard's numbers are made up,
 * so that they are the same each time.
 * Needs ffmpeg for the animation. Names after `--` make only those: `npm run pictures -- icon chat`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { diskFolder } from '../../src/folder';
import { Store } from '../../src/statistics/store';
import { countedDays } from '../support/countedDays';
import { ggufFile } from '../support/ggufFile';
import { modelSpec } from '../support/modelFiles';
import { launchBrowser } from './lib/browser';
import { ChatPanel } from './lib/chatPanel';
import { dashboardPage } from './lib/dashboardPage';
import { comparison, instruct, openScriptedSession, says } from './lib/editing';
import { waitGhost } from './lib/ghost';
import * as words from './lib/pictureWords';
import { artifacts, repository } from './lib/places';
import { record } from './lib/recording';
import { unfinishedPlace } from './lib/sample';
import { openReadySession, type Session } from './lib/session';
import type { Workbench } from './lib/workbench';

const folder = path.join(repository, 'docs/pictures');
const size = { width: 1200, height: 720 };
/** Large enough to be read where the picture is shown smaller. */
const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.fontSize': 17,
  'editor.minimap.enabled': false,
  'editor.lineNumbersMinChars': 3,
  'workbench.reduceMotion': 'off',
  'editor.cursorBlinking': 'solid',
  'breadcrumbs.enabled': false,
};

const scenes: Readonly<Record<string, () => Promise<void>>> = { icon, ghost, models, talk, dashboard };

main().catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  execFileSync('bash', [path.join(repository, 'test/e2e/install.sh')], { stdio: 'inherit' });
  mkdirSync(folder, { recursive: true });
  const wished = process.argv.slice(2);
  for (const [name, scene] of Object.entries(scenes)) if (wished.length === 0 || wished.includes(name)) await scene();
}

/** The icon as the marketplace wants it: 256 pixels, clear around its corners. */
async function icon(): Promise<void> {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
  const svg = readFileSync(path.join(repository, 'media/icon.svg'), 'base64');
  await page.setContent(
    `<body style="margin:0"><img width="256" height="256" src="data:image/svg+xml;base64,${svg}"></body>`,
  );
  await page.screenshot({ path: path.join(repository, 'media/icon.png'), omitBackground: true });
  await browser.close();
}

/** What the embedded model does: the animation, and a picture of ghost text. */
async function ghost(): Promise<void> {
  const session = await openReadySession('pictures-ghost', {
    settings,
    prepareFolder: (project) => writeFileSync(path.join(project, 'tools/stack.py'), words.stack),
  });
  try {
    await session.workbench.page.setViewportSize(size);
    await typing(session);
  } finally {
    await session.close();
  }
}

/** The lists of models, once this machine was measured: only while nothing else runs do they say what a person would see. */
async function models(): Promise<void> {
  const session = await openReadySession('pictures-models', {
    settings,
    prepareFolder: (project) => writeFileSync(path.join(project, 'src/prices.ts'), words.prices),
  });
  const { workbench } = session;
  try {
    await workbench.page.setViewportSize(size);
    await workbench.openFile('src/prices.ts', { line: 1, column: 1 });
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await workbench.command('Minnow: Choose the Completion Model…');
    const rows = workbench.quickInput().locator('.monaco-list-row');
    await rows.filter({ hasText: /measured: \d+ ms/ }).waitFor({ timeout: 60_000 });
    await workbench.press('Escape');
    await workbench.command('Minnow: Choose the Model for Chat and Edits…');
    await rows.filter({ hasText: 'advised for this machine' }).filter({ hasText: 'tokens/s here' }).waitFor();
    // The list fades in.
    await workbench.page.waitForTimeout(1_000);
    await shoot(workbench, 'models');
  } finally {
    await session.close();
  }
}

/** Types, waits for ghost text, takes it, again and again. */
async function typing({ workbench, folder: project }: Session): Promise<void> {
  const { page } = workbench;
  await workbench.openFile('tools/stack.py', unfinishedPlace(path.join(project, 'tools/stack.py')));
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.idle();
  const person = (text: string) => page.keyboard.type(text, { delay: 90 });
  const take = async (name?: string): Promise<void> => {
    const offered = await waitGhost(page);
    await page.waitForTimeout(900);
    if (name) await shoot(workbench, name);
    console.log(`Taken: ${JSON.stringify(offered)}`);
    await workbench.press('Tab');
    await page.waitForTimeout(400);
  };
  /** Behind a blank line, one step further left. */
  const newMethod = async (begun: string): Promise<void> => {
    await workbench.press('Enter');
    await workbench.press('Enter');
    await workbench.press('Backspace');
    await person(begun);
  };
  await record(page, { x: 52, y: 36, width: 700, height: 420 }, path.join(folder, 'typing.gif'), async () => {
    await page.waitForTimeout(600);
    await person('self.items.');
    await take();
    await newMethod('def pop(self):');
    await workbench.press('Enter');
    await person('return ');
    await take();
    await newMethod('def __len__(');
    await take('ghost-text');
  });
}

/** Chat and an edit, answered by the script. */
async function talk(): Promise<void> {
  const model = path.join(artifacts, 'my-chat-model.gguf');
  mkdirSync(artifacts, { recursive: true });
  writeFileSync(model, ggufFile(modelSpec({ 'tokenizer.chat_template': '{{ messages }}' })));
  const answers = path.join(artifacts, 'answers.json');
  writeFileSync(
    answers,
    JSON.stringify({ [words.question]: words.answer, [words.instruction]: `${words.edited}\`\`\`` }),
  );
  const session = await openScriptedSession(
    'pictures-talk',
    model,
    { 'src/prices.ts': words.prices },
    { settings: { ...settings, 'editor.fontSize': 14 }, flags: [`--answers=${answers}`, '--room=8192'] },
  );
  const { workbench } = session;
  try {
    await workbench.page.setViewportSize(size);
    await chat(workbench);
    await edit(workbench);
  } finally {
    await session.close();
  }
}

async function chat(workbench: Workbench): Promise<void> {
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.openFile('src/prices.ts', { line: 13, column: 1 });
  for (let line = 0; line < 3; line++) await workbench.press('Shift+ArrowDown');
  await workbench.press('Control+L');
  const panel = await ChatPanel.find(workbench);
  await panel.ask(words.question);
  await panel.settled();
  await workbench.command('Notifications: Clear All Notifications');
  await shoot(workbench, 'chat');
  await workbench.command('View: Toggle Secondary Side Bar Visibility');
}

async function edit(workbench: Workbench): Promise<void> {
  await workbench.openFile('src/prices.ts', { line: 7, column: 1 });
  for (let line = 0; line < 9; line++) await workbench.press('Shift+ArrowDown');
  await instruct(workbench, words.instruction);
  await comparison(workbench).waitFor({ timeout: 60_000 });
  await says(workbench, '3 changes');
  await comparison(workbench).getByText('return 0').first().waitFor();
  await workbench.idle();
  await shoot(workbench, 'edit');
}

/** The dashboard with a month of work that nobody did. */
async function dashboard(): Promise<void> {
  const session = await openReadySession('pictures-dashboard', { settings });
  const { workbench } = session;
  try {
    await workbench.page.setViewportSize(size);
    const kept = path.join(
      artifacts,
      'pictures-dashboard/profile/user-data/User/globalStorage/minnow.minnow/statistics',
    );
    const store = new Store({ folder: diskFolder(kept), now: Date.now, newId: () => 'pictures' });
    await store.add(countedDays(30, Date.now()));
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await workbench.command('Minnow: Show Dashboard');
    const page = await dashboardPage(workbench);
    await page.getByRole('radio', { name: '30 days' }).click();
    await page.locator('#dashboard[data-drawn=month] [data-chart=speed]').waitFor();
    await workbench.idle();
    await shoot(workbench, 'dashboard');
  } finally {
    await session.close();
  }
}

async function shoot({ page }: Workbench, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), caret: 'initial' });
}
