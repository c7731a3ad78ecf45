/**
 * Completions paused for a while, in all windows: what is kept is shared by them, and holds over a reload. The editor's own snooze would silence
 * other extensions too, and is forgotten with its window.
 */
import type { Clock } from '../clock';

export interface SnoozeParts {
  readonly memory: { get(key: string): unknown; update(key: string, value: unknown): Thenable<void> };
  readonly clock: Clock;
}

/** A pause as it is kept, in milliseconds since 1970. */
interface Pause {
  readonly since: number;
  readonly until: number;
}

const KEY = 'completion.snoozed';
/** The machine may sleep, and timers with it: the time is looked at again after so long, in milliseconds. */
const LOOK_EVERY_MS = 20_000;
/** A clock that is set back by more than that ends a pause, which nobody meant to be longer; in milliseconds. */
const MOST_BACK_MS = 60_000;

export class Snooze {
  #cancel: (() => void) | undefined;
  #told: number | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly parts: SnoozeParts) {
    this.#told = this.until;
    this.#wait();
  }

  /**
   * When the pause ends, in milliseconds since 1970; undefined while nothing is paused. Read anew each time: another window may have paused, or
   * gone on.
   */
  get until(): number | undefined {
    const { memory, clock } = this.parts;
    const kept = memory.get(KEY);
    const now = clock.now();
    return isPause(kept) && now >= kept.since - MOST_BACK_MS && now < kept.until ? kept.until : undefined;
  }

  /** A pause has begun, ended, or ends at another time. */
  readonly onDidChange = (listener: () => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** @param until in milliseconds since 1970 */
  async pause(until: number): Promise<void> {
    const { memory, clock } = this.parts;
    await memory.update(KEY, { since: clock.now(), until } satisfies Pause);
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
    if (until === undefined) return;
    this.#cancel = clock.after(Math.min(until - clock.now(), LOOK_EVERY_MS), () => this.look());
  }
}

function isPause(kept: unknown): kept is Pause {
  if (typeof kept !== 'object' || kept === null || !('since' in kept) || !('until' in kept)) return false;
  return typeof kept.since === 'number' && typeof kept.until === 'number';
}

/** The next morning, in milliseconds since 1970: six o'clock where the machine is. */
export function tomorrow(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, 6).getTime();
}
