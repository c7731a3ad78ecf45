/** What ignore files say, those of git and ours: the same syntax. */
import ignore, { type Ignore } from 'ignore';

export interface IgnoreFile {
  /** The folder that it lies in, relative to the workspace folder; '' is that folder. */
  readonly folder: string;
  readonly text: string;
}

/** `unignored`: a rule with `!` takes it back. Undefined where no rule is about it. */
export type Said = 'ignored' | 'unignored' | undefined;

/** As git does it: the nearest file that says something decides, and nothing in an ignored folder can be taken back. */
export class IgnoreRules {
  readonly #rules: ReadonlyMap<string, Ignore>;
  /** What is said of folders, by their paths. */
  readonly #folders = new Map<string, Said>();

  /** @param files of several in one folder the last one decides */
  constructor(files: readonly IgnoreFile[]) {
    const rules = new Map<string, Ignore>();
    for (const { folder, text } of files)
      rules.set(folder, (rules.get(folder) ?? ignore({ ignorecase: false })).add(text));
    this.#rules = rules;
  }

  /** @param path of a file, relative to the workspace folder, with `/` */
  says(path: string): Said {
    return this.#within(path, path);
  }

  ignores(path: string): boolean {
    return this.says(path) === 'ignored';
  }

  #ofFolder(path: string): Said {
    if (this.#folders.has(path)) return this.#folders.get(path);
    const said = this.#within(path, `${path}/`);
    this.#folders.set(path, said);
    return said;
  }

  /** What nothing is said of is as its folder. @param written with a `/` behind folders */
  #within(path: string, written: string): Said {
    const parent = parentOf(path);
    const above = parent === '' ? undefined : this.#ofFolder(parent);
    return above === 'ignored' ? above : (this.#decides(path, written) ?? above);
  }

  #decides(path: string, written: string): Said {
    for (let folder = parentOf(path); ; folder = parentOf(folder)) {
      const result = this.#rules.get(folder)?.test(folder === '' ? written : written.slice(folder.length + 1));
      if (result?.ignored) return 'ignored';
      if (result?.unignored) return 'unignored';
      if (folder === '') return undefined;
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
