/** Progress on its way to the client: the first piece at once, then at most one message a frame, in which pieces of the same kind are one. */

/** Between two messages, in milliseconds: less than sixty in a second. */
const FRAME_MS = 18;

/** What progress has that can be joined. `reading`: only the last one counts. `text` and `thought`: their texts are one text. */
interface Progress {
  readonly kind: string;
}

export class Outbox<P extends Progress> {
  #waiting: P[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly send: (progress: P) => void) {}

  tell(progress: P): void {
    const last = this.#waiting.at(-1);
    const joined = last && together(last, progress);
    if (joined !== undefined) this.#waiting[this.#waiting.length - 1] = joined;
    else this.#waiting.push(progress);
    const wait = this.#sentAt + FRAME_MS - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Sends what waits: nothing is lost. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    for (const progress of this.#waiting) this.send(progress);
    this.#waiting = [];
    this.#sentAt = performance.now();
  }
}

function together<P extends Progress>(one: P, other: P): P | undefined {
  if (one.kind === 'reading' && other.kind === 'reading') return other;
  const isText = (progress: P): boolean => progress.kind === 'text' || progress.kind === 'thought';
  if (one.kind !== other.kind || !isText(one)) return undefined;
  return hasText(one) && hasText(other) ? { ...one, text: one.text + other.text } : undefined;
}

function hasText<P extends Progress>(progress: P): progress is P & { readonly text: string } {
  return 'text' in progress && typeof progress.text === 'string';
}
