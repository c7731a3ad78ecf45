/**
 * Tells processes that chat when typing is answered by another one, in whatever window, so that they wait meanwhile. The process that completes
 * says so (`server/typing.ts`), and only while an answer is being written: else nothing happens at a key.
 */
import { DidGiveWay } from '../../server/chatProtocol';
import type { ChatConnection } from './asking';

/** Whoever is told. */
type Tell = (busy: boolean) => void;

export class GiveWay {
  readonly #told = new Set<Tell>();
  #isBusy = false;

  /** @param watch says whether the process that completes shall tell of typing */
  constructor(private readonly watch: (on: boolean) => void) {}

  /** A process writes an answer. @returns the function to call when it is over */
  enterFor(connection: Pick<ChatConnection, 'sendNotification'>): () => void {
    return this.enter((busy) => {
      // A process that has ended writes no answer that could be in the way.
      connection.sendNotification(DidGiveWay, { busy }).catch(() => undefined);
    });
  }

  /** Something goes on that gives way. @returns the function to call when it is over */
  enter(tell: Tell): () => void {
    this.#told.add(tell);
    if (this.#told.size === 1) this.watch(true);
    else if (this.#isBusy) tell(true);
    return () => {
      if (!this.#told.delete(tell) || this.#told.size > 0) return;
      // The next answer shall not wait for typing of which nobody will tell it the end.
      if (this.#isBusy) tell(false);
      this.#isBusy = false;
      this.watch(false);
    };
  }

  /** What the process that completes says of typing; it says again that it goes on. */
  hear(isBusy: boolean): void {
    // What was watched for before an answer was over may come after it.
    if (this.#told.size === 0 || (!isBusy && !this.#isBusy)) return;
    this.#isBusy = isBusy;
    for (const tell of this.#told) tell(isBusy);
  }
}
