/** What a screen reader is told by itself: that an answer is being written, the answer when it is whole, and failures at once. */
import type { Exchange, Words } from '../messages';
import { make } from './dom';
import { isGoingOn, type State } from './state';

/** In characters: nobody listens to more at once, and the answer itself can be read in its place. */
const LONGEST = 3_000;

export class Announcer {
  readonly #polite = make('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  readonly #assertive = make('div', { class: 'unseen', role: 'alert' });
  readonly element = make('div', {}, this.#polite, this.#assertive);
  readonly #words: Words;
  #last: Exchange | undefined;
  #conversation = '';

  constructor(words: Words) {
    this.#words = words;
  }

  /** `spokenOf` gives the text of an answer as it is drawn. */
  update({ conversation, exchanges }: State, spokenOf: (id: string) => string): void {
    const before = conversation === this.#conversation ? this.#last : undefined;
    const isOpened = conversation !== this.#conversation;
    const last = exchanges.at(-1);
    this.#conversation = conversation;
    this.#last = last;
    if (last === undefined || last === before) return;
    const wasGoingOn = before?.id === last.id && isGoingOn(before.answer);
    if (isGoingOn(last.answer)) {
      if (!wasGoingOn && !isOpened) this.#polite.textContent = this.#words.waiting;
      if (last.answer.state === 'writing' && before?.answer.state !== 'writing')
        this.#polite.textContent = this.#words.writing;
    } else if (wasGoingOn || (before !== undefined && before.id !== last.id)) this.#end(last, spokenOf(last.id));
  }

  #end({ answer }: Exchange, spoken: string): void {
    const words = this.#words;
    if (answer.state === 'failed') this.#assertive.textContent = answer.notes.join(' ');
    else if (answer.state === 'broken') this.#assertive.textContent = [words.broken, ...answer.notes].join(' ');
    else {
      const word = answer.state === 'stopped' ? words.stopped : words.done;
      this.#polite.textContent = [word, spoken.slice(0, LONGEST), ...answer.notes].join(' ');
    }
  }
}
