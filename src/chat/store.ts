/**
 * Conversations on disk, a JSON file each. A file is whole or not there: it is written under another name first. Several windows may share the
 * folder: what another one has written is never overwritten.
 */
import { randomUUID } from 'node:crypto';
import type { Folder } from '../folder';
import type { Kept } from './exchange';
import { parseKept } from './keptJson';

/** What the history knows of a conversation. */
export interface Summary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
  /** Questions and answers in their order. */
  readonly texts: readonly string[];
}

const ENDING = '.json';
/** Those that were changed last are kept. */
const MOST_KEPT = 200;
/** What a window left behind that was killed while it wrote goes after a day, in milliseconds. */
const OLD_LEFTOVER_MS = 24 * 3_600_000;

export class Store {
  /** As this window has read or written them last. */
  readonly #texts = new Map<string, string>();
  readonly #summaries = new Map<string, { readonly changed: number; readonly summary: Summary }>();
  /** One at a time, in their order. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly folder: Folder,
    private readonly now: () => number,
    private readonly most = MOST_KEPT,
  ) {}

  /**
   * Keeps a conversation.
   *
   * @returns the identifier under which it is kept: another one where another window has gone on with the same conversation
   */
  save(kept: Kept): Promise<string> {
    return this.#inTurn(() => this.#save(kept));
  }

  /** undefined where it is not there, or cannot be understood. */
  async load(id: string): Promise<Kept | undefined> {
    const text = await this.folder.read(nameOf(id));
    const kept = text === undefined ? undefined : parseKept(text);
    if (text === undefined || kept?.id !== id) return undefined;
    this.#texts.set(id, text);
    return kept;
  }

  remove(id: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#texts.delete(id);
      await this.folder.remove(nameOf(id));
    });
  }

  /** All that are kept, the newest first. A broken file is skipped and put aside. */
  async all(): Promise<readonly Summary[]> {
    const files = (await this.folder.files()).filter(({ name }) => name.endsWith(ENDING));
    const summaries = await Promise.all(files.map(({ name, changed }) => this.#summary(name, changed)));
    return summaries
      .flatMap((each) => each ?? [])
      .toSorted((a, b) => b.changed - a.changed || a.id.localeCompare(b.id));
  }

  async #save(kept: Kept): Promise<string> {
    const known = this.#texts.get(kept.id);
    const onDisk = await this.folder.read(nameOf(kept.id));
    const isOthers = onDisk !== undefined && onDisk !== known;
    const id = isOthers ? randomUUID() : kept.id;
    const text = JSON.stringify({ ...kept, id });
    const unfinished = `${id}.${randomUUID()}.tmp`;
    try {
      await this.folder.write(unfinished, text);
      await this.folder.rename(unfinished, nameOf(id));
    } catch (error) {
      await this.folder.remove(unfinished);
      throw error;
    }
    this.#texts.set(id, text);
    if (onDisk === undefined || isOthers) await this.#prune(nameOf(id));
    return id;
  }

  /** @param written was kept just now: where the clock was set back it does not look so */
  async #prune(written: string): Promise<void> {
    const files = (await this.folder.files()).toSorted((a, b) => b.changed - a.changed);
    const old = files.filter(({ name }) => name.endsWith(ENDING) && name !== written).slice(this.most - 1);
    const left = files.filter(({ name, changed }) => name.endsWith('.tmp') && changed < this.now() - OLD_LEFTOVER_MS);
    for (const { name } of [...old, ...left]) await this.folder.remove(name);
  }

  async #summary(name: string, changed: number): Promise<Summary | undefined> {
    const cached = this.#summaries.get(name);
    if (cached?.changed === changed) return cached.summary;
    const text = await this.folder.read(name);
    if (text === undefined) return undefined;
    const kept = parseKept(text);
    if (kept === undefined || nameOf(kept.id) !== name) {
      await this.folder.rename(name, `${name}.broken`);
      return undefined;
    }
    const summary = summaryOf(kept);
    this.#summaries.set(name, { changed, summary });
    return summary;
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#writing.then(act);
    // What failed is told to the one who asked, and holds up nobody else.
    this.#writing = done.then(nothing, nothing);
    return done;
  }
}

const nothing = (): void => undefined;

function nameOf(id: string): string {
  return `${id}${ENDING}`;
}

function summaryOf({ id, title, changed, exchanges }: Kept): Summary {
  return { id, title, changed, texts: exchanges.flatMap(({ question, answer }) => [question.text, answer.text]) };
}
