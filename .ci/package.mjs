// Makes the platform-specific .vsix:  node .ci/package.mjs [--target=linux-x64] [--pre-release] [--base-url=https://…]
//   →  dist/minnow-linux-x64.vsix
// The README's links and pictures lead to the repository that package.json names, where that is on GitHub or GitLab, or to --base-url, where the
// repository's files can be seen. Without either they stay relative and lead nowhere, for docs/ is not in the package: publish.mjs refuses it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll, hostTarget } from '../esbuild.mjs';
import { linkOptions } from './release.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Where the package of a target lies. */
export const packagePath = (target) => path.join(root, 'dist', `minnow-${target}.vsix`);

export async function makePackage({ target = hostTarget, preRelease = false, baseUrl } = {}) {
  await buildAll({ target, production: true });
  const { repository } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  await createVSIX({
    cwd: root,
    target,
    packagePath: packagePath(target),
    preRelease,
    dependencies: false,
    allowMissingRepository: true,
    ...linkOptions(baseUrl, repository),
  });
  return packagePath(target);
}

/** What packages can be told on the command line. */
export const packageOptions = {
  target: { type: 'string', default: hostTarget },
  'pre-release': { type: 'boolean', default: false },
  'base-url': { type: 'string' },
};

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: packageOptions });
  console.log(
    await makePackage({ target: values.target, preRelease: values['pre-release'], baseUrl: values['base-url'] }),
  );
}
