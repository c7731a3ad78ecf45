/**
 * Who waits for a turn, by window: the next one is of the window that has had the engine for the least time, and of equals of the one whose last
 * turn is the longest ago, however much the others want. Who comes anew begins where those are that work or wait: nobody saves time up.
 * This is fair queueing by virtual time: Goyal, Vin, Cheng, "Start-time fair queuing", 1996.
 */

/** A job that waits. */
export interface Waiting {
  /** Lets it in. */
  readonly go: () => void;
  /** It has begun before, and goes before all else that its window wants. */
  readonly goesOn?: boolean;
}

export class Turns {
  /** The jobs of each window, in order of arrival; a window without any is not in it. */
  readonly #queues = new Map<object, Set<Waiting>>();
  /** When each window had its last turn, counted in turns. */
  readonly #served = new WeakMap<object, number>();
  /** How long each window has had the engine, in milliseconds. */
  readonly #had = new WeakMap<object, number>();
  /** Where a window begins that comes anew, in milliseconds. */
  #clock = 0;
  #count = 0;

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  add(window: object, waiting: Waiting): void {
    const queue = this.#queues.get(window);
    if (queue === undefined) this.#catchUp(window);
    if (queue !== undefined && !waiting.goesOn) queue.add(waiting);
    else this.#queues.set(window, new Set([waiting, ...(queue ?? [])]));
  }

  /** For a job that waits no longer. */
  remove(window: object, waiting: Waiting): void {
    const queue = this.#queues.get(window);
    queue?.delete(waiting);
    if (queue?.size === 0) this.#queues.delete(window);
  }

  /** Takes the first job of the window whose turn it is; undefined when nobody waits. */
  next(): Waiting | undefined {
    const [window] = [...this.#queues.keys()].toSorted((a, b) => this.#hadBy(a) - this.#hadBy(b) || this.#since(a, b));
    if (window === undefined) return undefined;
    const [first] = this.#queues.get(window) ?? [];
    if (first === undefined) return undefined;
    this.remove(window, first);
    this.serves(window);
    return first;
  }

  /** Notes a turn that did not have to be waited for. */
  serves(window: object): void {
    this.#catchUp(window);
    this.#served.set(window, ++this.#count);
  }

  /** Notes that the window whose turn it is has had the engine for so long, in milliseconds. */
  took(window: object, ms: number): void {
    const had = this.#hadBy(window) + Math.max(0, ms);
    this.#had.set(window, had);
    const waiting = [...this.#queues.keys()].map((each) => this.#hadBy(each));
    this.#clock = Math.max(this.#clock, Math.min(had, ...waiting));
  }

  /** Whether another window waits that has had the engine for less time. */
  isAhead(window: object): boolean {
    const had = this.#hadBy(window);
    return [...this.#queues.keys()].some((each) => each !== window && this.#hadBy(each) < had);
  }

  #catchUp(window: object): void {
    this.#had.set(window, Math.max(this.#hadBy(window), this.#clock));
  }

  #hadBy(window: object): number {
    return this.#had.get(window) ?? 0;
  }

  #since(a: object, b: object): number {
    return (this.#served.get(a) ?? 0) - (this.#served.get(b) ?? 0);
  }
}
