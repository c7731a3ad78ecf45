/** What the next question is about: what the editor shows, until the person takes that away, and what the person has added. */
import type { Chip } from '../../media/messages';
import type { Attachment } from './question';

export class Draft {
  #added: readonly Attachment[] = [];
  #isWithoutEditor = false;

  constructor(private readonly implicit: () => Attachment | undefined) {}

  get attachments(): readonly Attachment[] {
    const seen = this.#isWithoutEditor ? undefined : this.implicit();
    return seen === undefined || this.#added.some((each) => isSame(each, seen)) ? this.#added : [seen, ...this.#added];
  }

  get chips(): readonly Chip[] {
    return this.attachments.map(({ subject: _, ...chip }) => chip);
  }

  add(attachments: readonly Attachment[]): void {
    const others = this.#added.filter((each) => !attachments.some((added) => isSame(each, added)));
    this.#added = [...others, ...attachments];
  }

  /** What the editor shows stays away until the next question. */
  remove(id: string): void {
    if (this.#added.some((each) => each.id === id)) this.#added = this.#added.filter((each) => each.id !== id);
    else if (this.implicit()?.id === id) this.#isWithoutEditor = true;
  }

  /** All of it, for a question; the next one begins anew. */
  take(): readonly Attachment[] {
    const { attachments } = this;
    this.clear();
    return attachments;
  }

  clear(): void {
    this.#added = [];
    this.#isWithoutEditor = false;
  }
}

function isSame(one: Attachment, other: Attachment): boolean {
  return one.id === other.id || JSON.stringify(one.subject) === JSON.stringify(other.subject);
}
