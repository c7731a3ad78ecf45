// Where the engine's binaries of a target lie. npm installs those of this machine; the others are fetched from the registry by npm itself,
// as package-lock.json pins them, and kept in .run/engines.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { extract } from 'tar';
import { engines } from './engineNames.mjs';

const root = path.resolve(import.meta.dirname, '..');
const kept = path.join(root, '.run/engines');

/** The folder of the target's binaries. Throws where there are none, or where what the registry gave is not what the lock file says. */
export function engineBinaries(target) {
  const folder = engines[target];
  if (folder === undefined)
    throw new Error(`No engine is published for ${target}. Targets: ${Object.keys(engines).join(', ')}.`);
  const name = `@node-llama-cpp/${folder}`;
  const installed = path.join(root, 'node_modules', name, 'bins', folder);
  return existsSync(installed) ? installed : path.join(fetchPackage(name), 'bins', folder);
}

/** The unpacked package, fetched once for each version. */
function fetchPackage(name) {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const { version, integrity } = packages[`node_modules/${name}`];
  const folder = path.join(kept, `${path.basename(name)}-${version}`);
  if (existsSync(folder)) return folder;
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { recursive: true });
  const file = pack(`${name}@${version}`, half);
  const digest = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (digest !== integrity) throw new Error(`${name}@${version} is not the package of package-lock.json: ${digest}`);
  extract({ file, cwd: half, strip: 1, sync: true });
  rmSync(file);
  renameSync(half, folder);
  return folder;
}

/** Fetches a package's archive; npm knows this machine's registry, proxy and certificates. */
function pack(specifier, folder) {
  const args = ['pack', specifier, '--pack-destination=.', '--json', '--ignore-scripts', '--loglevel=error'];
  // On Windows npm is a script, which only a shell runs; a path among the words would fall apart at its blanks.
  const output = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  const [{ filename }] = JSON.parse(output);
  return path.join(folder, filename.replace('@', '').replace('/', '-'));
}
