/** Who waits for a turn, by window: the next one is of the window that has waited for its turn the longest, however much the others want. */

/** A job that waits. */
export interface Waiting {
  /** Lets it in. */
  readonly go: () => void;
}

export class Turns {
  /** The jobs of each window, in order of arrival; a window without any is not in it. */
  readonly #queues = new Map<object, Waiting[]>();
  /** When each window had its last turn, counted in turns. */
  readonly #served = new WeakMap<object, number>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  add(window: object, waiting: Waiting): void {
    const queue = this.#queues.get(window);
    if (queue === undefined) this.#queues.set(window, [waiting]);
    else queue.push(waiting);
  }

  /** For a job that waits no longer. */
  remove(window: object, waiting: Waiting): void {
    const queue = this.#queues.get(window)?.filter((each) => each !== waiting) ?? [];
    if (queue.length > 0) this.#queues.set(window, queue);
    else this.#queues.delete(window);
  }

  /** Takes the first job of the window whose last turn is the longest ago; undefined when nobody waits. */
  next(): Waiting | undefined {
    const [window] = [...this.#queues.keys()].toSorted((a, b) => this.#lastOf(a) - this.#lastOf(b));
    const first = window === undefined ? undefined : this.#queues.get(window)?.[0];
    if (window === undefined || first === undefined) return undefined;
    this.remove(window, first);
    this.serves(window);
    return first;
  }

  /** Notes a turn that did not have to be waited for. */
  serves(window: object): void {
    this.#served.set(window, ++this.#count);
  }

  #lastOf(window: object): number {
    return this.#served.get(window) ?? 0;
  }
}
