/** How the model did in this window: what the menu tells. */
import type { Outcome } from '../../server/protocol';

/** So many answers are remembered: what was an hour ago tells nothing of now. */
const MOST = 50;

export class Figures {
  readonly #outcomes: Outcome[] = [];

  /** A request for ghost text has ended. */
  note(outcome: Outcome): void {
    if (outcome.tokensRead + outcome.tokensReused === 0) return;
    this.#outcomes.push(outcome);
    if (this.#outcomes.length > MOST) this.#outcomes.shift();
  }

  /** The usual time of an answer that the model wrote, in milliseconds; undefined before the first. */
  get ms(): number | undefined {
    const times = this.#outcomes.filter(({ origin }) => origin === 'model').map(({ ms }) => ms);
    return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
  }

  /** Tokens that need not be read again, of all that prompts had, from 0 to 1; undefined before the first. */
  get reused(): number | undefined {
    if (this.#outcomes.length === 0) return undefined;
    const sum = (of: (outcome: Outcome) => number): number =>
      this.#outcomes.reduce((total, outcome) => total + of(outcome), 0);
    return sum(({ tokensReused }) => tokensReused) / sum(({ tokensRead, tokensReused }) => tokensRead + tokensReused);
  }
}
