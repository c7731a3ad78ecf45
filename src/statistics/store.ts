/**
 * Statistics on disk. Each window writes a file of its own, and what is shown is the sum of all: so windows never overwrite each other, and
 * need no lock. A file that nobody has written for a day is taken in by another window, which claims it by renaming it, and remembers its
 * identifier until it is deleted: a crash in between counts nothing twice. A window whose file is gone (it slept meanwhile, or another one
 * has reset all) begins another one. A file is whole or not there: it is written under another name first.
 */
import type { Folder } from '../folder';
import { type Kept, parseKept } from './kept';
import { merged, NOTHING, pruned, type Statistics } from './statistics';

const ENDING = '.json';
/** A file of that age is of a window that was closed, in milliseconds. */
const LEFT_MS = 24 * 3_600_000;
/** Looks at a folder whose files move meanwhile. */
const MOST_LOOKS = 3;

export interface StoreParts {
  readonly folder: Folder;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Another one each time: letters, digits and `-`. */
  readonly newId: () => string;
}

export class Store {
  /** What this window's file holds. */
  #own: Kept | undefined;

  constructor(private readonly parts: StoreParts) {}

  /** Adds to what is kept. Not while another call of it goes on. */
  async add(counts: Statistics): Promise<void> {
    const { folder, now, newId } = this.parts;
    const files = await folder.files();
    const names = new Set(files.map(({ name }) => name));
    const own = this.#own !== undefined && names.has(`${this.#own.id}${ENDING}`) ? this.#own : undefined;
    const id = own?.id ?? newId();
    const old = files.filter(({ name, changed }) => name !== `${id}${ENDING}` && changed < now() - LEFT_MS);
    const claimed = await this.#claim(
      old.map(({ name }) => name),
      id,
    );
    const all = [own?.statistics ?? NOTHING, counts, ...claimed.map(({ kept }) => kept.statistics)];
    const taken = new Set([own, ...claimed.map(({ kept }) => kept)].flatMap((kept) => kept?.taken ?? []));
    for (const { kept } of claimed) taken.add(kept.id);
    const stillThere = [...taken].filter((each) => files.some(({ name }) => idOf(name) === each));
    const next: Kept = { version: 1, id, taken: stillThere, statistics: pruned(all.reduce(merged), now()) };
    if (own !== undefined && (await folder.read(`${id}${ENDING}`)) === undefined) {
      // All was reset since the look at the folder, or this file was taken in: what it held may not come back.
      this.#own = undefined;
      return this.add(counts);
    }
    await this.#write(next);
    this.#own = next;
    for (const { name } of claimed) await folder.remove(name);
  }

  /** The sum of all windows. */
  async all(): Promise<Statistics> {
    const files = await this.#read();
    const taken = new Set(files.flatMap((kept) => kept.taken));
    const counting = new Map(files.filter(({ id }) => !taken.has(id)).map((kept) => [kept.id, kept]));
    const sum = [...counting.values()].reduce((all, { statistics }) => merged(all, statistics), NOTHING);
    return pruned(sum, this.parts.now());
  }

  /** Forgets everything, of all windows. */
  async clear(): Promise<void> {
    this.#own = undefined;
    for (const { name } of await this.parts.folder.files()) await this.parts.folder.remove(name);
  }

  /** Reads again where a file has gone while the others were read: another window has just taken it in. */
  async #read(looks = MOST_LOOKS): Promise<readonly Kept[]> {
    const names = (await this.parts.folder.files()).map(({ name }) => name).filter((name) => name.endsWith(ENDING));
    const texts = await Promise.all(names.map((name) => this.parts.folder.read(name)));
    if (texts.includes(undefined) && looks > 1) return this.#read(looks - 1);
    return texts.flatMap((text) => {
      const kept = text === undefined ? undefined : parseKept(text);
      return kept === undefined || kept === 'newer' ? [] : [kept];
    });
  }

  /** Takes what closed windows have left for this one alone; what cannot be understood, or is counted elsewhere, goes. */
  async #claim(names: readonly string[], id: string): Promise<{ readonly name: string; readonly kept: Kept }[]> {
    const { folder } = this.parts;
    const claimed: { readonly name: string; readonly kept: Kept }[] = [];
    const taken = new Set(names.length === 0 ? [] : (await this.#read()).flatMap((kept) => kept.taken));
    for (const name of names) {
      const text = await folder.read(name);
      const kept = text === undefined ? undefined : parseKept(text);
      if (kept === 'newer') continue;
      if (kept === undefined || taken.has(kept.id) || !name.endsWith(ENDING)) await folder.remove(name);
      else {
        const mine = `${kept.id}.${id}${ENDING}`;
        if (await this.#rename(name, mine)) claimed.push({ name: mine, kept });
      }
    }
    return claimed;
  }

  /** @returns false where another window was faster */
  async #rename(from: string, to: string): Promise<boolean> {
    const { folder } = this.parts;
    try {
      await folder.rename(from, to);
      return true;
    } catch (error) {
      if ((await folder.read(from)) !== undefined) throw error;
      return false;
    }
  }

  async #write(kept: Kept): Promise<void> {
    const { folder } = this.parts;
    const unfinished = `${kept.id}.tmp`;
    try {
      await folder.write(unfinished, JSON.stringify(kept));
      await folder.rename(unfinished, `${kept.id}${ENDING}`);
    } catch (error) {
      await folder.remove(unfinished);
      throw error;
    }
  }
}

/** Of the window whose counts a file holds. */
function idOf(name: string): string {
  return name.slice(0, name.indexOf('.'));
}
