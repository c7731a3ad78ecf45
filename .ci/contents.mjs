// Looks into a .vsix: is all in it that its target needs, and nothing else?  node .ci/contents.mjs FILE TARGET
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { engineBinaries } from './engines.mjs';
import { problemsIn } from './inspection.mjs';

/** The marketplace takes more; a package that grows this large holds something that nobody meant to be in it. In bytes. */
const LARGEST = 90_000_000;

/** All files of a package, by name. */
export async function filesOf(vsix) {
  const zip = await openPromise(vsix);
  const files = new Map();
  try {
    for await (const entry of zip.eachEntry())
      if (!entry.fileName.endsWith('/'))
        files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  } finally {
    zip.close();
  }
  return files;
}

/** What is wrong with a package, a sentence each; nothing when all is right. */
export async function problemsOf(vsix, target) {
  const size = statSync(vsix).size;
  const folder = engineBinaries(target);
  const binaries = readdirSync(folder).filter((name) => !/\.(lib|exp)$/.test(name));
  return [
    ...(size > LARGEST ? [`It has ${size} bytes, more than ${LARGEST}.`] : []),
    ...problemsIn(
      await filesOf(vsix),
      target,
      new Map(binaries.map((name) => [name, readFileSync(path.join(folder, name))])),
    ),
  ];
}

if (process.argv[1] === import.meta.filename) {
  const [vsix, target] = process.argv.slice(2);
  const problems = await problemsOf(vsix, target);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
