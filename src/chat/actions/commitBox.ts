/** The box that a commit message is written into, together with a person: what they typed is never lost. Pure. */

export interface Box {
  value: string;
}

export class CommitBox {
  readonly #before: string;
  /** All that we have put there. The editor tells what is in the box with a delay: an older text of ours is ours as well. */
  readonly #ours: Set<string>;
  /** What stands above the message: what was typed before. */
  readonly #above: string;

  /** @param lastMessage what we wrote the last time: that is replaced, all else stays above */
  constructor(
    private readonly box: Box,
    lastMessage: string | undefined,
  ) {
    this.#before = box.value;
    this.#ours = new Set([this.#before]);
    const typed = this.#before === lastMessage ? '' : this.#before.trimEnd();
    this.#above = typed === '' ? '' : `${typed}\n\n`;
  }

  /** What stands there now, whole. */
  get text(): string {
    return this.box.value;
  }

  /** @returns false when somebody else has changed the box: it is theirs then, and nothing was written */
  write(message: string): boolean {
    if (!this.#ours.has(this.box.value)) return false;
    if (message === '') return true;
    this.#put(this.#above + message);
    return true;
  }

  /** As it was before, where nobody else has changed it. */
  putBack(): void {
    if (this.#ours.has(this.box.value)) this.#put(this.#before);
  }

  #put(text: string): void {
    this.#ours.add(text);
    this.box.value = text;
  }
}
