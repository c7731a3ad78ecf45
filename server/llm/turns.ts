/** Who waits for a turn, by window: the next one is of the window that has waited for its turn the longest, however much the others want. */

/** A job that waits. */
export interface Waiting {
  /** Lets it in. */
  readonly go: () => void;
}

export class Turns {
  /** The jobs of each window, in order of arrival; a window without any is not in it. */
  readonly #queues = new Map<object, Set<Waiting>>();
  /** When each window had its last turn, counted in turns. */
  readonly #served = new WeakMap<object, number>();
  #count = 0;

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  add(window: object, waiting: Waiting): void {
    const queue = this.#queues.get(window);
    if (queue === undefined) this.#queues.set(window, new Set([waiting]));
    else queue.add(waiting);
  }

  /** For a job that waits no longer. */
  remove(window: object, waiting: Waiting): void {
    const queue = this.#queues.get(window);
    queue?.delete(waiting);
    if (queue?.size === 0) this.#queues.delete(window);
  }

  /** Takes the first job of the window whose last turn is the longest ago; undefined when nobody waits. */
  next(): Waiting | undefined {
    const [window] = [...this.#queues.keys()].toSorted((a, b) => this.#lastOf(a) - this.#lastOf(b));
    if (window === undefined) return undefined;
    const [first] = this.#queues.get(window) ?? [];
    if (first === undefined) return undefined;
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
