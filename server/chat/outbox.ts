/** Progress on its way to the client: the first piece at once, then at most one message a frame, in which pieces of the same kind are one. */
import type { ChatProgress } from '../chatProtocol';

/** Between two messages, in milliseconds: less than sixty in a second. */
const FRAME_MS = 18;

export class Outbox {
  #waiting: ChatProgress[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly send: (progress: ChatProgress) => void) {}

  tell(progress: ChatProgress): void {
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

function together(one: ChatProgress, other: ChatProgress): ChatProgress | undefined {
  if (one.kind === 'reading' && other.kind === 'reading') return other;
  const isText = (progress: ChatProgress) => progress.kind === 'text' || progress.kind === 'thought';
  if (one.kind !== other.kind || !isText(one)) return undefined;
  return 'text' in one && 'text' in other ? { ...one, text: one.text + other.text } : undefined;
}
