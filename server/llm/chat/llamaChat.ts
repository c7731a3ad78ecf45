/** What conversations of all windows have in common: the model's template, and places in contexts of their own. */
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import type { ChatFacts } from '../../protocol';
import type { Going } from '../going';
import type { Lane } from '../lane';
import { Places } from '../places';
import { Costs } from './costs';
import type { Vocabulary } from './layout';
import { ChatTemplate } from './template';
import { readModelChat } from './vocabulary';

export interface ChatParts {
  readonly model: LlamaModel;
  /** One job of the engine at a time. */
  readonly lane: Lane;
  /** Answers that are being written or wait are noted there. */
  readonly going: Going;
  /** Whether batches that are nearly whole are filled up: on a processor. */
  readonly fills: boolean;
  /** Makes the context, or hands out the one that is there. @throws UserError when there is no memory for it */
  readonly createContext: () => Promise<LlamaContext>;
  /** See `LlamaParts`. */
  readonly createMore: (contextSize: number, made: number) => Promise<LlamaContext | undefined>;
  /** Those of a context that is there already. */
  readonly places?: Places;
}

/** Where answers are written. */
export interface Room {
  /** In tokens, of each place. */
  readonly contextSize: number;
  readonly places: Places;
}

/** In templates of the "harmony" format an answer has several parts, each with its end. */
const PARTS = '<|channel|>';
/** Places of one window: chat contexts are large, and a person reads one answer at a time. */
export const CHAT_PLACES = 1;

export class LlamaChat {
  readonly costs = new Costs();
  #made: Promise<Room & { readonly context: LlamaContext }> | undefined;
  #places: Places | undefined;

  /** @throws Error when the template cannot be used; undefined when there is none */
  static of(parts: ChatParts): LlamaChat | undefined {
    const chat = readModelChat(parts.model);
    if (chat === undefined) return undefined;
    const template = new ChatTemplate(chat.source);
    const [ending] = chat.source.text.includes(PARTS) ? [] : chat.vocabulary.template(template.answerEnd, false);
    return new LlamaChat(parts, template, chat.vocabulary, ending);
  }

  private constructor(
    private readonly parts: ChatParts,
    readonly template: ChatTemplate,
    readonly vocabulary: Vocabulary<Token>,
    /** The special token that the template puts behind an answer: a model that writes it has said all, even where its file does not say so. */
    readonly ending: Token | undefined,
  ) {}

  get facts(): ChatFacts {
    return this.template.facts;
  }

  get model(): LlamaModel {
    return this.parts.model;
  }

  get lane(): Lane {
    return this.parts.lane;
  }

  /** Time spent in calls of the engine so far, in milliseconds. */
  get engineMs(): number {
    return this.#places?.engineMs ?? 0;
  }

  /** Made when it is first needed. One that could not be made is tried again by the next question. @throws UserError when there is no memory */
  room(): Promise<Room> {
    if (this.#made !== undefined) return this.#made;
    const made = this.#make();
    this.#made = made;
    made.catch(() => {
      if (this.#made === made) this.#made = undefined;
    });
    return made;
  }

  /** Notes an answer that is asked for. @returns to be called once, when it is over */
  begin(): () => void {
    return this.parts.going.begin();
  }

  /** Frees what a window has. */
  async leave(window: object): Promise<void> {
    await this.#places?.leave(window);
  }

  /** Gives the memory back; every answer is over. */
  async dispose(): Promise<void> {
    const room = this.#made;
    this.#made = undefined;
    this.#places = undefined;
    // Where it could not be made there is nothing to give back, and who asked for it has heard why.
    const made = await room?.catch(() => undefined);
    if (this.parts.places !== undefined) return;
    await made?.places.dispose();
    await made?.context.dispose();
  }

  async #make(): Promise<Room & { readonly context: LlamaContext }> {
    const { createContext, createMore, places, fills } = this.parts;
    const context = await createContext();
    const { contextSize } = context;
    this.#places =
      places ??
      new Places({ first: context, createMore: (made) => createMore(contextSize, made), most: CHAT_PLACES, fills });
    return { context, contextSize, places: this.#places };
  }
}
