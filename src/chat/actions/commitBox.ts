/** The box that a commit message is written into, together with a person: what they typed is never lost. Pure. */

export interface Box {
  value: string;
}

/** How we have left a box. */
export interface Left {
  readonly text: string;
  /** What a person had typed, which stands above our message. */
  readonly above: string;
}

export class CommitBox {
  readonly #before: string;
  /** All that we have put there. The editor tells what is in the box with a delay: an older text of ours is ours as well. */
  readonly #ours: Set<string>;
  readonly #above: string;
  #last: string;

  /** @param left how we left it the last time: our message is replaced, all else stays above */
  constructor(
    private readonly box: Box,
    left: Left | undefined,
  ) {
    this.#before = box.value;
    this.#last = box.value;
    this.#ours = new Set([this.#before]);
    this.#above = this.#before === left?.text ? left.above : this.#before.trimEnd();
  }

  /** @returns false when somebody else has changed the box: it is theirs then, and nothing was written */
  write(message: string): boolean {
    if (!this.#ours.has(this.box.value)) return false;
    if (message === '') return true;
    this.#put(this.#above === '' ? message : `${this.#above}\n\n${message}`);
    return true;
  }

  get left(): Left {
    return { text: this.#last, above: this.#above };
  }

  /** As it was before, where nobody else has changed it. */
  putBack(): void {
    if (this.#ours.has(this.box.value)) this.#put(this.#before);
  }

  #put(text: string): void {
    this.#ours.add(text);
    this.#last = text;
    this.box.value = text;
  }
}
