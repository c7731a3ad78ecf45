/** The conversations of this folder: the open one comes back after a restart, the others are found again. */
import type { Past } from '../../media/messages';
import type { Clock } from '../clock';
import { emptyConversation, type Kept } from './exchange';
import { pastOf } from './history';
import { interrupted } from './keptJson';
import type { Translate } from './notes';
import { Saver } from './saver';
import type { Store } from './store';

export interface PastParts {
  readonly store: Store;
  /** The editor's key-value store of this folder. */
  readonly memory: { get(key: string): unknown; update(key: string, value: unknown): PromiseLike<void> };
  /** Whether conversations are kept at all. */
  readonly isOn: () => boolean;
  readonly onRenamed: (from: string, to: string) => void;
  readonly onFailure: (error: unknown) => void;
  readonly newId: () => string;
  readonly clock: Clock;
  /** BCP 47 tag of the person's language. */
  readonly locale: string;
  readonly t: Translate;
}

const KEY = 'chat.open';

export class PastConversations {
  readonly #saver: Saver;
  /** On the disk it is gone. */
  #removed: Kept | undefined;

  constructor(private readonly parts: PastParts) {
    this.#saver = new Saver({
      save: (kept) => parts.store.save(kept),
      onRenamed: parts.onRenamed,
      onFailure: parts.onFailure,
      clock: parts.clock,
    });
  }

  /** The state of the open one. */
  keep(kept: Kept, isOver: boolean): void {
    if (!this.parts.isOn()) return;
    this.noteOpen(kept.id);
    this.#saver.keep(kept, isOver);
  }

  flush(): Promise<void> {
    return this.#saver.flush();
  }

  /** An empty one. */
  begin(): Kept {
    return emptyConversation(this.parts.newId(), this.parts.clock.now());
  }

  /** The one that was open when the window was closed, else an empty one. */
  async last(): Promise<Kept> {
    const id = this.parts.memory.get(KEY);
    try {
      return (typeof id === 'string' ? await this.load(id) : undefined) ?? this.begin();
    } catch (error) {
      // The disk refuses: that is told, and does not keep anybody from asking.
      this.parts.onFailure(error);
      return this.begin();
    }
  }

  /** undefined where it is not there any more. */
  async load(id: string): Promise<Kept | undefined> {
    const { store, t } = this.parts;
    await this.flush();
    const kept = await store.load(id);
    return kept && interrupted(kept, t('The window was closed before the answer was whole. Continue, or try again.'));
  }

  /** Remembers which one is open. */
  noteOpen(id: string): void {
    const { memory, isOn } = this.parts;
    if (isOn() && memory.get(KEY) !== id) void memory.update(KEY, id);
  }

  async remove(id: string): Promise<void> {
    this.#saver.forget(id);
    await this.flush();
    const { store } = this.parts;
    this.#removed = await store.load(id);
    await store.remove(id);
  }

  /** Brings back the one that was removed last, which is known as long as the window is open. @returns false where it is another one */
  async restore(id: string): Promise<boolean> {
    const kept = this.#removed;
    if (kept?.id !== id) return false;
    await this.parts.store.save(kept);
    this.#removed = undefined;
    return true;
  }

  async search(query: string, current: string): Promise<readonly Past[]> {
    await this.flush();
    const { store, clock, locale } = this.parts;
    return pastOf(await store.all(), { query, current, now: clock.now(), locale });
  }
}
