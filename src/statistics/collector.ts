/** Collects what happens in this window, and writes it rarely: a minute after something was counted, never while somebody types for it. */
import type { Clock } from '../clock';
import { counted, merged, NOTHING, type Period, type Statistics } from './statistics';
import type { Store } from './store';

/** In milliseconds: what a crash may lose. */
export const WRITE_EVERY_MS = 60_000;

/** A process that is silent for so long is at work or hangs, in milliseconds. */
const MEMORY_MS = 2_000;

export interface CollectorParts {
  readonly store: Pick<Store, 'add' | 'all' | 'clear'>;
  readonly clock: Clock;
  /** Whether the person lets it count. */
  readonly isOn: () => boolean;
  /** Resident memory of the models' processes, in bytes; 0 where it is not known. */
  readonly memory: () => Promise<number>;
  readonly onFailure: (error: unknown) => void;
  /** There is something new to show. */
  readonly onDidCount: () => void;
}

export class Collector {
  #pending = NOTHING;
  #cancel: (() => void) | undefined;
  /** One after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: CollectorParts) {}

  /** Something has happened. Cheap: it is on the way of typing. */
  count(what: Partial<Period>): void {
    const { clock, isOn, onDidCount } = this.parts;
    if (!isOn()) return;
    this.#pending = counted(this.#pending, what, clock.now());
    this.#cancel ??= clock.after(WRITE_EVERY_MS, () => void this.flush());
    onDidCount();
  }

  /** Writes what is not written yet. Never throws: what could not be written is tried again with what comes next. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#pending === NOTHING) return;
    // Not in turn: who wants to see what was counted does not wait for a process to answer.
    const memory = await this.#memory();
    return this.#inTurn(() => this.#write(memory));
  }

  /** The same at the end, when nobody answers for the memory any more. */
  close(): Promise<void> {
    this.#cancel?.();
    return this.#inTurn(() => this.#write(0));
  }

  /** What all windows have counted. */
  all(): Promise<Statistics> {
    return this.#inTurn(async () => merged(await this.parts.store.all(), this.#pending));
  }

  /** Forgets everything that was ever counted. */
  reset(): Promise<void> {
    return this.#inTurn(async () => {
      await this.parts.store.clear();
      this.#pending = NOTHING;
      this.parts.onDidCount();
    });
  }

  #memory(): Promise<number> {
    const { clock, memory } = this.parts;
    return new Promise((resolve, reject) => {
      const cancel = clock.after(MEMORY_MS, () => resolve(0));
      memory().then(resolve, reject).finally(cancel);
    });
  }

  /** @param memory in bytes; 0 where it is not known */
  async #write(memory: number): Promise<void> {
    if (this.#pending === NOTHING) return;
    const writing = memory > 0 ? counted(this.#pending, { memory }, this.parts.clock.now()) : this.#pending;
    this.#pending = NOTHING;
    try {
      await this.parts.store.add(writing);
    } catch (error) {
      this.#pending = merged(writing, this.#pending);
      this.parts.onFailure(error);
    }
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(act);
    // What failed is told to the one who asked, and holds up nobody else.
    this.#turn = done.then(nothing, nothing);
    return done;
  }
}

const nothing = (): void => undefined;
