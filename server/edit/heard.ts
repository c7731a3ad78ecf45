/** What a model writes for a piece, told as it comes, and when that is enough. */
import { Endless } from '../conversation/endless';
import { type Said, Spoken } from '../conversation/spoken';
import type { EditProgress, Opening, PieceEnd } from '../editProtocol';
import { FenceEnd } from './fenceEnd';

export class Heard {
  readonly #spoken: Spoken;
  readonly #fence: FenceEnd;
  readonly #endless = new Endless();
  /** Text that is endless by itself may be said again, in characters. */
  readonly #mayRepeat: number;
  #length = 0;

  /** @param likely what much of the answer will be */
  constructor(
    opening: Opening,
    likely: string,
    private readonly tell: (progress: EditProgress) => void,
  ) {
    this.#spoken = new Spoken({ isBegun: opening.fence !== undefined });
    this.#fence = new FenceEnd(opening.fence ?? 0);
    this.#mayRepeat = new Endless().take(likely) ? likely.length : 0;
  }

  /** Lines of the code block so far. */
  get lines(): readonly string[] {
    return this.#fence.lines;
  }

  /** @returns why nothing more is to be heard; undefined while it goes on */
  take(text: string): PieceEnd | undefined {
    this.#length += text.length;
    const isClosed = this.#spoken
      .take(text)
      .map((said) => this.#say(said))
      .includes(true);
    const isEndless = this.#endless.take(text) && this.#length > this.#mayRepeat;
    if (isClosed) return 'complete';
    return isEndless ? 'endless' : undefined;
  }

  /** Nothing more comes. */
  end(): void {
    for (const said of this.#spoken.end()) this.#say(said);
    this.#fence.end();
  }

  /** @returns whether the code block is closed */
  #say(said: Said): boolean {
    if (said.kind === 'toolCall') return false;
    this.tell(said);
    return said.kind === 'text' && this.#fence.take(said.text);
  }
}
