// Publishes the packages of all targets:  npm run publish:dry [-- --pre-release]      looks at everything and publishes nothing
//                                         node .ci/publish.mjs --pre-release --really
// The packages are those that "npm run package:all" has made. --really needs VSCE_PAT, the publisher's token for the marketplace.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { filesOf, problemsOf } from './contents.mjs';
import { engines } from './engineNames.mjs';
import { packagePath } from './package.mjs';
import { changelogProblem, channelProblem, linkProblem, staleProblem, tagProblems } from './release.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { 'pre-release': { type: 'boolean', default: false }, really: { type: 'boolean', default: false } },
});
const preRelease = values['pre-release'];
const { publisher, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const targets = Object.keys(engines);
const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const committedAt = Number(git('log', '-1', '--format=%ct')) * 1000;

const problems = [...versionProblems(), ...(await Promise.all(targets.map(packageProblems))).flat()];
if (values.really && !process.env.VSCE_PAT)
  problems.push('VSCE_PAT is not set: it is the token that only the publisher has.');
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) {
  console.error(`${publisher}.minnow ${version} cannot be published like this.`);
  process.exitCode = 1;
} else publish();

function versionProblems() {
  const tags = git('tag', '--points-at', 'HEAD').split('\n');
  const changes = git('status', '--porcelain');
  const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');
  return [
    channelProblem(version, preRelease),
    changelogProblem(changelog, version),
    ...tagProblems({ tags, changes }, version),
  ].filter((problem) => problem !== undefined);
}

async function packageProblems(target) {
  const vsix = packagePath(target);
  if (!existsSync(vsix)) return [`There is no ${path.relative(root, vsix)}: npm run package:all`];
  const files = await filesOf(vsix);
  const text = (name) => files.get(name)?.toString() ?? '';
  const manifest = JSON.parse(text('extension/package.json'));
  const isPreRelease = text('extension.vsixmanifest').includes('Microsoft.VisualStudio.Code.PreRelease');
  return [
    ...(await problemsOf(vsix, target)),
    staleProblem(statSync(vsix).mtimeMs, committedAt),
    manifest.version === version ? undefined : `It is of version ${manifest.version}.`,
    isPreRelease === preRelease ? undefined : `It was ${isPreRelease ? '' : 'not '}packaged with --pre-release.`,
    linkProblem(text('extension/readme.md')),
  ]
    .filter((problem) => problem !== undefined)
    .map((problem) => `${path.basename(vsix)}: ${problem}`);
}

/** One after the other; after a failure in between it can be run again, and leaves out what is published already. */
function publish() {
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const args = [
    'publish',
    '--skip-duplicate',
    ...(preRelease ? ['--pre-release'] : []),
    '--packagePath',
    ...targets.map(packagePath),
  ];
  if (values.really) {
    execFileSync(process.execPath, [vsce, ...args], { cwd: root, stdio: 'inherit' });
    return;
  }
  console.log(
    `${publisher}.minnow ${version} is ready. Nothing was published; --really would run\n\n  vsce ${args.join(' ')}`,
  );
  console.log(`\nand for Open VSX, with its own token in OVSX_PAT, by hand\n`);
  for (const target of targets) console.log(`  npx ovsx publish ${path.relative(root, packagePath(target))}`);
}
