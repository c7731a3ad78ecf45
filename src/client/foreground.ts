/** What the person asks for, in chats and by edits: a window has one answer at a time, so what other extensions ask gives way to it. */
import type { ChatClient } from './chatClient';
import type { EditClient } from './editClient';
import { followedChat, followedEdits } from './followed';

/** Whoever is told. */
type Tell = (busy: boolean) => void;

export class Foreground {
  #answers = 0;
  readonly #told = new Set<Tell>();

  /** Something goes on that gives way. @param tell called at once where the person is being answered @returns the function to call when it is over */
  enter(tell: Tell): () => void {
    this.#told.add(tell);
    if (this.#answers > 0) tell(true);
    return () => void this.#told.delete(tell);
  }

  /** The same client, for the person. */
  aroundChat(client: ChatClient): ChatClient {
    return followedChat(client, () => this.#begin());
  }

  aroundEdits(client: EditClient): EditClient {
    return followedEdits(client, () => this.#begin());
  }

  #begin(): () => void {
    if (++this.#answers === 1) this.#tell(true);
    return () => {
      if (--this.#answers === 0) this.#tell(false);
    };
  }

  #tell(busy: boolean): void {
    for (const tell of this.#told) tell(busy);
  }
}
