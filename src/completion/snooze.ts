/**
 * Completions paused for a while, in all windows: what is kept is shared by them, and holds over a reload. The editor's own snooze would silence
 * other extensions too, and is forgotten with its window.
 */
import type { Clock } from '../clock';

/** When a pause ends, in milliseconds since 1970; or when the editor is started again. */
export type Until = number | 'restart';

export interface SnoozeParts {
  readonly memory: { get(key: string): unknown; update(key: string, value: unknown): Thenable<void> };
  readonly clock: Clock;
  /** Another one each time the editor is started. */
  readonly session: string;
}

const KEY = 'completion.snoozed';
/** The machine may sleep, and timers with it: the time is looked at again after so long, in milliseconds. */
const LOOK_EVERY_MS = 20_000;

export class Snooze {
  #cancel: (() => void) | undefined;
  #told: Until | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly parts: SnoozeParts) {
    this.#told = this.until;
    this.#wait();
  }

  /** undefined while nothing is paused. Read anew each time: another window may have paused, or gone on. */
  get until(): Until | undefined {
    const { memory, clock, session } = this.parts;
    const kept = memory.get(KEY);
    if (typeof kept === 'number') return kept > clock.now() ? kept : undefined;
    return kept === session ? 'restart' : undefined;
  }

  /** A pause has begun, ended, or ends at another time. */
  readonly onDidChange = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** @param ms how long, from now on */
  async pause(ms: number | 'restart'): Promise<void> {
    const { memory, clock, session } = this.parts;
    await memory.update(KEY, ms === 'restart' ? session : clock.now() + ms);
    this.look();
  }

  async resume(): Promise<void> {
    await this.parts.memory.update(KEY, undefined);
    this.look();
  }

  /** Tells what has changed meanwhile: a pause is over, or another window has begun one. */
  look(): void {
    this.#wait();
    if (this.until === this.#told) return;
    this.#told = this.until;
    for (const listener of this.#listeners) listener();
  }

  dispose(): void {
    this.#cancel?.();
    this.#listeners.clear();
  }

  #wait(): void {
    const { clock } = this.parts;
    this.#cancel?.();
    const { until } = this;
    if (typeof until !== 'number') return;
    this.#cancel = clock.after(Math.min(until - clock.now(), LOOK_EVERY_MS), () => this.look());
  }
}
