/** What `.gitignore` files say. */
import ignore, { type Ignore } from 'ignore';

export interface IgnoreFile {
  /** The folder that it lies in, relative to the workspace folder; '' is that folder. */
  readonly folder: string;
  readonly text: string;
}

/** As git does it: the nearest file that says something decides, and nothing in an ignored folder can be taken back. */
export class IgnoreRules {
  readonly #rules: ReadonlyMap<string, Ignore>;
  /** Whether a folder is ignored, by its path. */
  readonly #folders = new Map<string, boolean>();

  /** @param files of several in one folder the last one decides */
  constructor(files: readonly IgnoreFile[]) {
    const rules = new Map<string, Ignore>();
    for (const { folder, text } of files)
      rules.set(folder, (rules.get(folder) ?? ignore({ ignorecase: false })).add(text));
    this.#rules = rules;
  }

  /** @param path of a file, relative to the workspace folder, with `/` */
  ignores(path: string): boolean {
    const folder = parentOf(path);
    return (folder !== '' && this.#ignoresFolder(folder)) || this.#decides(path, path);
  }

  #ignoresFolder(path: string): boolean {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const parent = parentOf(path);
    const ignored = (parent !== '' && this.#ignoresFolder(parent)) || this.#decides(path, `${path}/`);
    this.#folders.set(path, ignored);
    return ignored;
  }

  /** @param written with a `/` behind folders */
  #decides(path: string, written: string): boolean {
    for (let folder = parentOf(path); ; folder = parentOf(folder)) {
      const result = this.#rules.get(folder)?.test(folder === '' ? written : written.slice(folder.length + 1));
      if (result?.ignored || result?.unignored) return result.ignored;
      if (folder === '') return false;
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
