// Makes the platform-specific .vsix:  node .ci/package.mjs [--target=linux-x64]  →  dist/minnow-linux-x64.vsix
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { buildAll, hostTarget } from '../esbuild.mjs';

const { values } = parseArgs({ options: { target: { type: 'string', default: hostTarget } } });
const packagePath = path.resolve(import.meta.dirname, '../dist', `minnow-${values.target}.vsix`);
await buildAll({ target: values.target, production: true });
await createVSIX({
  cwd: path.resolve(import.meta.dirname, '..'),
  target: values.target,
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  // Without a repository to point at, links to files outside the package stay as they are.
  rewriteRelativeLinks: false,
});
console.log(packagePath);
