/** What the engine has to say, to all windows: it is about the process. What is said while nobody is there, the first one hears who comes. */

/** What of a connection's console is needed. */
export interface Hearer {
  log(text: string): void;
  warn(text: string): void;
}

interface Line {
  readonly level: keyof Hearer;
  readonly text: string;
}

/** Lines that are kept while nobody is there; older ones are forgotten. */
const MOST_KEPT = 200;

export class Log implements Hearer {
  readonly #hearers = new Set<Hearer>();
  #kept: Line[] = [];

  readonly log = (text: string): void => this.#say({ level: 'log', text });
  readonly warn = (text: string): void => this.#say({ level: 'warn', text });

  /** @returns the function that takes it back */
  tell(hearer: Hearer): () => void {
    this.#hearers.add(hearer);
    for (const { level, text } of this.#kept.splice(0)) hearer[level](text);
    return () => void this.#hearers.delete(hearer);
  }

  #say(line: Line): void {
    for (const hearer of this.#hearers) hearer[line.level](line.text);
    if (this.#hearers.size === 0) this.#kept = [...this.#kept, line].slice(-MOST_KEPT);
  }
}
