/** A folder at a glance: its files as a tree. */
import { baseName } from './paths';

/** @param paths of files, relative to the folder, with `/` @param most lines at the most; what is cut is counted in the last one */
export function outlineOf(paths: readonly string[], most: number): string {
  const lines = new Set<string>();
  for (const path of paths.toSorted(byFolder)) {
    const steps = path.split('/');
    for (const depth of steps.keys()) {
      const isFolder = depth < steps.length - 1;
      lines.add(`${steps.slice(0, depth + 1).join('/')}${isFolder ? '/' : ''}`);
    }
  }
  const all = [...lines];
  const shown = all.slice(0, most).map(indented);
  return all.length > most ? [...shown, `… and ${all.length - most} more`].join('\n') : shown.join('\n');
}

function indented(path: string): string {
  const isFolder = path.endsWith('/');
  const plain = isFolder ? path.slice(0, -1) : path;
  return `${'  '.repeat(plain.split('/').length - 1)}${baseName(plain)}${isFolder ? '/' : ''}`;
}

/** Files of a folder before its folders, so that the nearest are not cut. */
function byFolder(a: string, b: string): number {
  const [from, to] = [a.split('/'), b.split('/')];
  for (const [index, step] of from.entries()) {
    const other = to[index];
    if (step === other) continue;
    const [isFile, isOtherFile] = [index === from.length - 1, index === to.length - 1];
    return isFile === isOtherFile ? (step < (other ?? '') ? -1 : 1) : isFile ? -1 : 1;
  }
  return 0;
}
