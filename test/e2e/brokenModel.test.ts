/** A package whose model is damaged or gone: the status bar says so, typing is silent. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { shootFailures } from './lib/failures';
import { staysSilent } from './lib/ghost';
import { openSession, type Session } from './lib/session';
import { typeUnfinished } from './lib/typing';

const breakages = [
  { name: 'damaged', act: (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)) },
  { name: 'missing', act: (file: string) => rmSync(file) },
];

for (const { name, act } of breakages)
  describe(`a model file that is ${name}`, () => {
    let session: Session;

    before('start a workbench', async () => {
      const prepareExtension = (folder: string) => act(modelFile(folder));
      session = await openSession(`brokenModel-${name}`, { prepareExtension });
      await session.workbench.ready();
    });
    after('stop it', () => session?.close());
    shootFailures(() => session);

    it('shows as a problem in the status bar as soon as code is opened, in a sentence', async () => {
      await session.workbench.openFile('src/point.ts');
      await session.workbench.status('problem').waitFor({ timeout: 60_000 });
      assert.match(await sentence(session), /^[A-Z].* .*\.$/);
    });

    it('keeps quiet while typing', async () => {
      const { workbench } = session;
      await typeUnfinished(session, { file: 'src/point.ts', typed: 'return ' });
      assert.ok(await staysSilent(workbench.page));
      assert.deepEqual(await workbench.toasts(), []);
      await workbench.shoot(`brokenModel-${name}`);
    });

    it('is explained in the menu', async () => {
      const { workbench } = session;
      await workbench.status('problem').click();
      await workbench.quickInput().locator('.monaco-list-row').first().waitFor();
      await workbench.shoot(`brokenModel-${name}-menu`);
      const shown = await workbench.quickInput().locator('input').first().getAttribute('placeholder');
      assert.equal(shown, `problem: ${await sentence(session)}`);
      await workbench.press('Escape');
    });

    it('can be mended from where somebody asks why nothing comes', async () => {
      const { workbench } = session;
      await workbench.command('Minnow: Why No Suggestion?');
      await workbench.page.getByRole('button', { name: 'Choose a Model' }).waitFor();
      assert.ok((await workbench.toasts()).some((toast) => toast.includes('The model file is')));
    });
  });

/** What the status bar item says is wrong. */
async function sentence({ workbench }: Session): Promise<string> {
  const label = await workbench.status('problem').getAttribute('aria-label');
  return (label ?? '').replace('Minnow: problem: ', '');
}

function modelFile(extension: string): string {
  const models = path.join(extension, 'models');
  const file = readdirSync(models).find((each) => each.endsWith('.gguf'));
  if (file === undefined) throw new Error(`There is no model in ${models}.`);
  return path.join(models, file);
}
