// Makes the packages of all targets, looks into each, and prints their sizes:  npm run package:all [-- --pre-release]
// The engines of other machines are fetched from the registry, as package-lock.json pins them.
import { statSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { hostTarget } from '../esbuild.mjs';
import { filesOf, problemsOf } from './contents.mjs';
import { engines } from './engineNames.mjs';
import { makePackage, packageOptions } from './package.mjs';

const { target: _, ...options } = packageOptions;
const { values } = parseArgs({ options });
// This machine's own comes last: dist/engine then is the one that runs here.
const targets = Object.keys(engines).toSorted((a, b) => Number(a === hostTarget) - Number(b === hostTarget));

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const total = (files, pattern) =>
  [...files].reduce((sum, [name, bytes]) => (pattern.test(name) ? sum + bytes.length : sum), 0);

const rows = [];
for (const target of targets) {
  const vsix = await makePackage({ target, preRelease: values['pre-release'] });
  const problems = await problemsOf(vsix, target);
  for (const problem of problems) console.error(`${target}: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  const files = await filesOf(vsix);
  rows.push({
    target,
    package: megabytes(statSync(vsix).size),
    unpacked: megabytes(total(files, /./)),
    engine: megabytes(total(files, /\/bins\//)),
    model: megabytes(total(files, /\.gguf$/)),
    'the rest': megabytes(total(files, /^(?!.*(\/bins\/|\.gguf$))/)),
    files: files.size,
    checked: problems.length === 0 ? 'right' : `${problems.length} wrong`,
  });
}
console.table(rows);
