// Makes the platform-specific .vsix:  node .ci/package.mjs [--target=linux-x64] [--pre-release]
//   →  dist/minnow-linux-x64.vsix
// Where package.json names the `repository`, the README's links and pictures lead there in the package; without it they stay relative, which is right
// everywhere but on the marketplace's own page.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll, hostTarget } from '../esbuild.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Where the package of a target lies. */
export const packagePath = (target) => path.join(root, 'dist', `minnow-${target}.vsix`);

/** The time of all files in a package, in seconds: so the same sources make the same bytes, whenever and wherever. The earliest that a zip can tell. */
process.env.SOURCE_DATE_EPOCH ??= String(Date.UTC(1980, 0, 1) / 1000);
process.env.TZ = 'UTC';

export async function makePackage({ target = hostTarget, preRelease = false } = {}) {
  const { repository } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  await buildAll({ target, production: true });
  await createVSIX({
    cwd: root,
    target,
    packagePath: packagePath(target),
    preRelease,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: repository !== undefined,
  });
  return packagePath(target);
}

/** What packages can be told on the command line. */
export const packageOptions = {
  target: { type: 'string', default: hostTarget },
  'pre-release': { type: 'boolean', default: false },
};

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: packageOptions });
  console.log(await makePackage({ target: values.target, preRelease: values['pre-release'] }));
}
