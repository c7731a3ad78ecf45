/** Paths as people write them, and the folders that they may lie in. */

export interface Folder {
  /** As the editor shows it. */
  readonly name: string;
  /** Path of its URI. */
  readonly path: string;
}

export interface PathIn {
  /** Counts the folders from 0. */
  readonly folder: number;
  /** Within the folder, with `/`; '' is the folder itself. */
  readonly path: string;
}

/**
 * Where a written path may point to, the likeliest first: `folder/path` where several folders are open, a path in any of them, or an absolute
 * one within one of them. A path that leads out of the folders is none: a name in a pasted text shall not fetch what lies elsewhere.
 */
export function placesOf(written: string, folders: readonly Folder[]): PathIn[] {
  const slashed = written.replaceAll('\\', '/');
  const isAbsolute = slashed.startsWith('/') || /^[a-z]:\//i.test(slashed);
  const path = normal(slashed);
  if (path === undefined) return [];
  const all = folders.map(({ name, path: root }, folder) => {
    if (isAbsolute) return within(path, normal(root) ?? '', folder);
    const inNamed = folders.length > 1 ? within(path, name, folder) : [];
    return [...inNamed, { folder, path, isLast: true }];
  });
  const places = all.flat().toSorted((a, b) => Number('isLast' in a) - Number('isLast' in b));
  return places.map(({ folder, path }) => ({ folder, path }));
}

function within(path: string, root: string, folder: number): PathIn[] {
  const isDrive = /^[a-z]:/i.test(root);
  const [a, b] = isDrive ? [path.toLowerCase(), root.toLowerCase()] : [path, root];
  if (a === b) return [{ folder, path: '' }];
  return a.startsWith(`${b}/`) ? [{ folder, path: path.slice(root.length + 1) }] : [];
}

/** Without empty steps and `.`; undefined where `..` leads above its start. */
function normal(path: string): string | undefined {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** `src/basket.ts:3-20`, lines from 0 in, from 1 out. */
export function withLines(name: string, lines: readonly [number, number] | undefined): string {
  if (lines === undefined) return name;
  return lines[0] === lines[1] ? `${name}:${lines[0] + 1}` : `${name}:${lines[0] + 1}-${lines[1] + 1}`;
}

/** How a path is written behind `@file:`. */
export function quoted(path: string): string {
  return /[\s,;:!?'()[\]{}]|[.>”’»…]$/u.test(path) ? `"${path}"` : path;
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
