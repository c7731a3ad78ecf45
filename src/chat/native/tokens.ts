/** Counts tokens for others, who ask often and for little: together in one request, remembered, and never waited for long. No `vscode`. */
import { ChatError } from '../../client/chatClient';
import { partOf } from './parts';
import type { Message } from './turns';

export interface Counting {
  /** Whether the model is there to be asked without being loaded for it. */
  readonly isReady: () => boolean;
  /** @throws ChatError */
  readonly count: (texts: readonly string[], signal: AbortSignal) => Promise<readonly number[]>;
}

/** After so long an estimate has to do, in milliseconds. */
const PATIENCE_MS = 500;
/** Counts that are remembered, of texts that are not longer than this, in UTF-16 code units. */
const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 2_000;
/** What a template writes around a message, in tokens: role, begin and end. */
const AROUND_MESSAGE = 5;

export class TokenCounter {
  readonly #remembered = new Map<string, number>();
  #batch: Promise<ReadonlyMap<string, number>> | undefined;
  #waiting = new Set<string>();

  constructor(private readonly counting: Counting) {}

  /** Forgets what another model counted. */
  clear(): void {
    this.#remembered.clear();
  }

  /** An estimate where the model is not loaded, busy for long, or dies. */
  async count(text: string | Message): Promise<number> {
    if (typeof text !== 'string') return AROUND_MESSAGE + (await this.count(messageText(text)));
    if (text === '') return 0;
    const known = this.#remembered.get(text);
    if (known !== undefined) return known;
    if (!this.counting.isReady()) return estimate(text);
    this.#waiting.add(text);
    this.#batch ??= Promise.resolve().then(() => this.#ask());
    return (await this.#batch).get(text) ?? estimate(text);
  }

  async #ask(): Promise<ReadonlyMap<string, number>> {
    const texts = [...this.#waiting];
    this.#waiting = new Set();
    this.#batch = undefined;
    const counts = await this.#counted(texts);
    const found = new Map(texts.flatMap((text, at) => pairOf(text, counts[at])));
    for (const [text, count] of found) this.#remember(text, count);
    return found;
  }

  async #counted(texts: readonly string[]): Promise<readonly number[]> {
    try {
      return await this.counting.count(texts, AbortSignal.timeout(PATIENCE_MS));
    } catch (error) {
      // The patience is over, or the model has gone: an estimate is better than no answer.
      if (error instanceof ChatError) return [];
      throw error;
    }
  }

  #remember(text: string, count: number): void {
    if (text.length > LONGEST_REMEMBERED) return;
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(text, count);
  }
}

const pairOf = (text: string, count: number | undefined): [string, number][] =>
  count === undefined ? [] : [[text, count]];

/** Rather too many: code has about three characters a token, scripts other than Latin one or fewer. */
export function estimate(text: string): number {
  let latin = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) < 0x250) latin++;
  return Math.ceil(latin / 3 + (text.length - latin));
}

/** All of a message that takes room. */
export function messageText({ content }: Message): string {
  return content
    .map((each) => {
      const part = partOf(each);
      if (part.kind === 'call') return part.call.name + JSON.stringify(part.call.parameters);
      return part.kind === 'text' || part.kind === 'result' ? part.text : '';
    })
    .join('\n');
}
