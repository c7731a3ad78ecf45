/** How fast downloads were here: remembered, so that the next one's time can be told before it begins. */
import type { Progress } from './wanted';

/** The editor's key-value store. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'download.bytesPerSecond';
/** Less says nothing of the connection: so many bytes, in so many milliseconds. */
const LEAST_BYTES = 4e6;
const LEAST_MS = 1_000;

/** Bytes in a second of the last download that was long enough; undefined where there was none. */
export function keptPace(memory: Memory): number | undefined {
  const kept = memory.get(KEY);
  return typeof kept === 'number' && Number.isFinite(kept) && kept > 0 ? kept : undefined;
}

/** Follows one download. What was there before it is not counted, nor the time in which it is checked. */
export class Pace {
  #first: { readonly at: number; readonly received: number } | undefined;
  #last: { readonly at: number; readonly received: number } | undefined;

  /** @param at milliseconds on any steady clock */
  note({ received, checked }: Progress, at: number): void {
    if (checked !== undefined) return;
    // A restart from zero: what was seen before says nothing of it.
    if (this.#first === undefined || received < (this.#last?.received ?? 0)) this.#first = { at, received };
    this.#last = { at, received };
  }

  async keep(memory: Memory): Promise<void> {
    if (this.#first === undefined || this.#last === undefined) return;
    const bytes = this.#last.received - this.#first.received;
    const ms = this.#last.at - this.#first.at;
    if (bytes >= LEAST_BYTES && ms >= LEAST_MS) await memory.update(KEY, Math.round((bytes * 1000) / ms));
  }
}
