/**
 * What a model is told of a piece that it shall rewrite. The rules of what has room, in this order:
 *
 * 1. The instruction stays whole, and so do the lines to rewrite, which stand there exactly once; where they have no room, `tooLong`.
 * 2. Room is kept for an answer of one and a half times these lines and a little more; for new lines, a quarter of the context.
 * 3. The text around has half of the rest, 1,024 tokens at most, 256 where a range is worked through in pieces: two thirds of that before
 *    the lines, one third after, the nearest lines first. What one of them does not need the other one has.
 * 4. Context items have what is left, those of the highest priority first; one that has no room is cut at a line end, or left out.
 *
 * The instruction comes last, so that all before it can be read while it is being typed: for instructions of up to 256 tokens the prompt
 * without one is the beginning of the prompt with it.
 */
import { type Chosen, chosen } from '../conversation/chosen';
import { ChatRefusal } from '../conversation/refusal';
import { type Count, fenced, fenceFor, MOST_CHARACTERS_PER_TOKEN, opened, shown } from '../conversation/shown';
import type { EditTarget, Opening } from '../editProtocol';
import type { ChatLlm, ChatPrompt } from '../llm/llm';
import { type Around, around } from './around';

/** What a person wants; absent while it is being typed. */
export interface Wish {
  readonly instruction: string;
  readonly earlier: readonly string[];
}

export interface Piece {
  /** Lines of the document before it, as the pieces before have left them. */
  readonly before: readonly string[];
  readonly lines: readonly string[];
  readonly after: readonly string[];
  /** Whether it is one of several. */
  readonly isPart: boolean;
}

export interface Fitted {
  readonly prompt: ChatPrompt;
  readonly opening: Opening;
  /** What much of the answer will be; '' where nothing is known. */
  readonly likely: string;
  /** The most tokens that there is room to write. */
  readonly maxTokens: number;
  readonly leftOut: readonly string[];
}

const SYSTEM =
  'You edit files. You answer with the new lines only, in one code block, and nothing else. ' +
  'You copy what need not change exactly as it is, with its indentation.';
/** Kept for an instruction, in tokens, or an eighth of the context where that is less. */
const INSTRUCTION = 256;
const AROUND = 1_024;
const AROUND_PART = 256;
/** The answer may be longer than the lines: by this factor, and so many tokens. */
const GROWTH = 1.5;
const MORE = 128;
const TRIES = 4;

/** @throws ChatRefusal `tooLong` */
export function promptFor(
  target: EditTarget,
  piece: Piece,
  wish: Wish | undefined,
  thinks: boolean,
  room: number,
  llm: Pick<ChatLlm, 'count' | 'measure'>,
): Fitted {
  const layout = new Layout(target, piece, wish, thinks, room, llm);
  let bound = layout.limit;
  for (let n = 0; n < TRIES; n++) {
    const { prompt, leftOut } = layout.within(bound);
    const tokens = llm.measure(prompt);
    if (tokens <= layout.limit) return { prompt, leftOut, maxTokens: room - tokens, ...layout.answer };
    bound -= tokens - layout.limit;
  }
  throw tooLong();
}

class Layout {
  /** For the whole prompt, in tokens. */
  readonly limit: number;
  readonly answer: Pick<Fitted, 'opening' | 'likely'>;
  readonly #fence: string;
  readonly #begun: string | undefined;
  readonly #count: Count;

  constructor(
    private readonly target: EditTarget,
    private readonly piece: Piece,
    private readonly wish: Wish | undefined,
    private readonly thinks: boolean,
    private readonly room: number,
    private readonly llm: Pick<ChatLlm, 'count' | 'measure'>,
  ) {
    // What is that long has no room, however many tokens it takes.
    this.#count = (text) => (text.length > room * MOST_CHARACTERS_PER_TOKEN ? text.length : llm.count(text));
    this.#fence = fenceFor([target.text, ...target.context.map(({ text }) => text)]);
    const open = opened(this.#fence, target.languageId);
    this.#begun = thinks ? undefined : open;
    const text = piece.lines.join('\n');
    const likely = isBlank(piece) ? '' : `${thinks ? open : ''}${text}\n${this.#fence}`;
    this.answer = { opening: thinks ? {} : { fence: this.#fence.length }, likely };
    const kept = isBlank(piece) ? room / 4 : Math.min(this.#count(text) * GROWTH + MORE, room / 2);
    this.limit = Math.floor(room - kept);
  }

  /** @throws ChatRefusal `tooLong` */
  within(bound: number): { readonly prompt: ChatPrompt; readonly leftOut: readonly string[] } {
    const { context } = this.target;
    // Before anything that long is laid out.
    if (this.#count(this.piece.lines.join('\n')) > bound) throw tooLong();
    const bare = this.llm.measure(this.#prompt([], { before: [], after: [] }, ''));
    const needed = this.#count(instructionOf(this.wish));
    if (bare + needed > bound) throw tooLong();
    const free = Math.max(0, bound - bare - Math.max(needed, Math.min(INSTRUCTION, this.room / 8)));
    const most = this.piece.isPart ? AROUND_PART : AROUND;
    const near = around(this.piece, Math.min(most, context.length === 0 ? free : free / 2), this.#count);
    const { items, leftOut } = this.#choose(free - near.tokens);
    return { prompt: this.#prompt(items, near, instructionOf(this.wish)), leftOut };
  }

  #choose(room: number): Chosen {
    return chosen(this.target.context, room, (text) => this.#count(text));
  }

  #prompt(items: Chosen['items'], near: Around, instruction: string): ChatPrompt {
    const text = [...items.map(shown), ...this.#parts(near), `Instruction: ${instruction}`].join('\n\n');
    return {
      messages: [
        { role: 'system', text: SYSTEM },
        { role: 'user', text },
      ],
      thinks: this.thinks,
      ...(this.#begun === undefined ? {} : { begun: this.#begun }),
    };
  }

  #parts({ before, after }: Around): readonly string[] {
    const { path, languageId } = this.target;
    const part = (title: string, lines: readonly string[]): readonly string[] =>
      lines.length === 0 ? [] : [`${title}:\n${fenced(`${lines.join('\n')}\n`, languageId, this.#fence)}`];
    const where = [`File ${path}`, ...part('Lines before', before), ...part('Lines after', after)];
    if (isBlank(this.piece))
      return [...where, 'Write new lines that stand between the lines before and the lines after.'];
    return [...where, ...part('Lines to rewrite', this.piece.lines), 'Rewrite these lines, all of them.'];
  }
}

/** Whether there is nothing to rewrite: new lines are to be written. */
function isBlank({ lines }: Piece): boolean {
  return lines.every((line) => line.trim() === '');
}

function instructionOf(wish: Wish | undefined): string {
  if (wish === undefined) return '';
  const { instruction, earlier } = wish;
  const done = earlier.map((each) => `- ${each.trim()}`).join('\n');
  return done === '' ? instruction.trim() : `\nDone already, to be kept:\n${done}\nTo do now: ${instruction.trim()}`;
}

function tooLong(): ChatRefusal {
  return new ChatRefusal('tooLong', 'the lines have no room in the context');
}
