// Makes the platform-specific .vsix:  node .ci/package.mjs [--target=linux-x64] [--pre-release] [--base-url=https://…]
//   →  dist/minnow-linux-x64.vsix
// --base-url: where the repository's files can be seen. The README's links and pictures lead there in the package. Without it they stay relative
// and lead nowhere, for docs/ is not in the package: right for tests, and refused by publish.mjs.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll, hostTarget } from '../esbuild.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** Where the package of a target lies. */
export const packagePath = (target) => path.join(root, 'dist', `minnow-${target}.vsix`);

export async function makePackage({ target = hostTarget, preRelease = false, baseUrl } = {}) {
  await buildAll({ target, production: true });
  await createVSIX({
    cwd: root,
    target,
    packagePath: packagePath(target),
    preRelease,
    dependencies: false,
    allowMissingRepository: true,
    ...(baseUrl === undefined ? { rewriteRelativeLinks: false } : { baseContentUrl: baseUrl, baseImagesUrl: baseUrl }),
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
