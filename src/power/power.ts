/** Whether power is saved now: the setting says, and on `auto` what the machine runs on. Looks seldom, and not at all where there is no battery. */
import type { Clock } from '../clock';
import type { Source } from './source';

/** `auto`: on battery. */
export type Saving = 'auto' | 'always' | 'never';

export interface PowerParts {
  readonly setting: () => Saving;
  readonly read: () => Promise<Source>;
  readonly clock: Clock;
  /** Time until the first look, which shall not be in the way of what starts, in milliseconds. */
  readonly firstMs: number;
  /** Time between two looks, in milliseconds. */
  readonly everyMs: number;
}

export class Power {
  #source: Source = 'unknown';
  #wasSaving = false;
  #isDisposed = false;
  #isLooking = false;
  #cancel: (() => void) | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly parts: PowerParts) {
    this.#wasSaving = this.isSaving;
    this.#cancel = parts.clock.after(parts.firstMs, () => void this.look());
  }

  get isSaving(): boolean {
    const saving = this.parts.setting();
    return saving === 'always' || (saving === 'auto' && this.#source === 'battery');
  }

  /** `isSaving` has changed. */
  readonly onDidChange = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** Looks now, and from time to time from then on. Called when the setting or the window's focus has changed as well. */
  async look(): Promise<void> {
    const { setting, read, clock, everyMs } = this.parts;
    this.#tell();
    if (this.#isDisposed || this.#isLooking || setting() !== 'auto' || this.#source === 'none') return;
    this.#cancel?.();
    this.#isLooking = true;
    const source = await read();
    this.#isLooking = false;
    if (this.#isDisposed) return;
    // What could not be told this time is most likely as it was.
    if (source !== 'unknown') this.#source = source;
    this.#tell();
    if (source !== 'none') this.#cancel = clock.after(everyMs, () => void this.look());
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#cancel?.();
    this.#listeners.clear();
  }

  #tell(): void {
    if (this.isSaving === this.#wasSaving) return;
    this.#wasSaving = this.isSaving;
    for (const listener of this.#listeners) listener();
  }
}
