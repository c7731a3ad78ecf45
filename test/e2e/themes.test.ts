/** Pictures for a person to look at: ghost text and the status bar in the four kinds of theme. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { waitGhost } from './lib/ghost';
import { openReadySession, type Session } from './lib/session';
import { ghostAfter } from './lib/typing';

const themes = [
  { name: 'dark', theme: 'Default Dark Modern', mark: 'vs-dark' },
  { name: 'light', theme: 'Default Light Modern', mark: 'vs' },
  { name: 'contrast-dark', theme: 'Default High Contrast', mark: 'hc-black' },
  { name: 'contrast-light', theme: 'Default High Contrast Light', mark: 'hc-light' },
];

describe('themes', () => {
  let session: Session;

  before('start a workbench with ghost text in it', async () => {
    session = await openReadySession('themes');
    await ghostAfter(session, { file: 'src/point.ts', typed: 'return ' });
  });
  after('stop it', () => session?.close());

  for (const { name, theme, mark } of themes)
    it(`${name}: ghost text and status bar are drawn`, async () => {
      const { workbench, folder } = session;
      mkdirSync(path.join(folder, '.vscode'), { recursive: true });
      writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
      await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor();
      await waitGhost(workbench.page);
      await workbench.status('ready').waitFor();
      await workbench.shoot(`theme-${name}`);
    });
});
