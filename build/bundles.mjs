// What is in each bundle, for the notices, the bill of materials, and the tests: dist/bundles.json, which is not packaged.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from 'esbuild';
import { GLOBALS, instead } from './network.mjs';

/**
 * By bundle: `files` of which anything is in it, `imports` of modules outside it, each with who imports it, and the files in which something
 * is asked of the network that needs no import: the names are found where they are bound to nothing, whatever they are called by others.
 *
 * @param built results of esbuild, each with a metafile
 */
export function bundlesOf(root, built) {
  const bundles = {};
  for (const { metafile } of built)
    for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
      if (output.endsWith('.map')) continue;
      const files = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
      const imports = files.flatMap((file) =>
        (metafile.inputs[file]?.imports ?? [])
          .filter(({ external }) => external)
          .map(({ path: name }) => ({ name, by: file })),
      );
      bundles[path.posix.relative('dist', output)] = {
        files,
        imports,
        asks: files.filter((file) => asksNetwork(root, file)),
      };
    }
  return bundles;
}

/** The packages that files of a bundle come from, by name and version, each once. @returns { name, version, license, folder, at } */
export function packagesOf(root, bundles) {
  const folders = Object.values(bundles)
    .flatMap(({ files }) => files)
    .flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].toSorted().map((folder) => packageAt(root, folder));
}

/** @param folder as the lock file names it @param at where it lies */
export function packageAt(root, folder, at = path.join(root, folder)) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(at, 'package.json'), 'utf8'));
  return { name, version, license, folder, at };
}

function asksNetwork(root, file) {
  if (!/\.[cm]?[jt]sx?$/.test(file)) return false;
  const text = readFileSync(path.join(root, file), 'utf8');
  if (!GLOBALS.some((name) => text.includes(name))) return false;
  const define = instead('__network');
  return transformSync(text, { loader: /\.[cm]?ts$/.test(file) ? 'ts' : 'js', define }).code.includes('__network');
}
