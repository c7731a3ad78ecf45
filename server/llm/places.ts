/**
 * Places to work at: kept sequences of the KV cache, in whatever file or conversation, each of which is one window's. A window gets another one when
 * it needs it, up to some; those that the process did not begin with are contexts of their own, made when they are needed and given back with
 * their window. Where there is no memory for another one, windows share: who has the most gives away what it has not used for the longest time.
 */
import type { LlamaContext, Token } from 'node-llama-cpp';
import { CancelledError } from '../errors';
import { Lane, type SteppedTurn } from './lane';
import { KeptSequence } from './sequence';

/** A place that was chosen, until it is left. */
export interface Held {
  readonly sequence: KeptSequence;
  /** Call it once, whatever happens. */
  readonly leave: () => void;
}

/** The same, in the use of a job that gives way. */
export interface YieldingHeld extends Held {
  /** Aborted as soon as another job waits for it. */
  readonly wanted: AbortSignal;
}

interface Place {
  readonly sequence: KeptSequence;
  /** For a place with a context of its own. */
  readonly context?: LlamaContext;
  /** One job at a time, which may come from several windows where they share. */
  readonly lane: Lane;
  /** Whose place it is; undefined: free. */
  window?: object | undefined;
  /** Whose text it has read. */
  reader?: object | undefined;
}

export interface PlacesParts {
  /** All of its sequences are places; it is not given back by them. */
  readonly first: LlamaContext;
  /** Makes a context of one place, as large, beside so many that were made. @returns undefined where there is no memory for it */
  readonly createMore: (made: number) => Promise<LlamaContext | undefined>;
  /** Places of one window. */
  readonly most: number;
  /** Whether batches that are nearly whole are filled up: on a processor. */
  readonly fills: boolean;
  /** Milliseconds on a steady clock. */
  readonly now?: () => number;
}

/** Where there was no memory it is asked for again after so long, in milliseconds: another program may have had it. */
const FULL_MS = 60_000;
/** A sequence that has this share of a prompt is taken for it. */
const ENOUGH = 0.5;

export class Places {
  /** The most recently used last. */
  #places: Place[];
  /** Time that the engine spent for places that are gone, in milliseconds. */
  #goneMs = 0;
  /** When there was no memory for another place; asked again after a while, and when one was given back. */
  #fullAt: number | undefined;
  /** Windows that have left. */
  readonly #gone = new WeakSet<object>();
  /** One is made at a time: each must know what is left. */
  readonly #making = new Lane();

  constructor(private readonly parts: PlacesParts) {
    this.#places = Array.from({ length: parts.first.totalSequences }, () => this.#placeIn(parts.first));
  }

  /** Time spent in calls of the engine so far, in milliseconds. */
  get engineMs(): number {
    return this.#places.reduce((sum, { sequence }) => sum + sequence.engineMs, this.#goneMs);
  }

  /** How many there are. */
  get count(): number {
    return this.#places.length;
  }

  /**
   * The window's place that has most of the prompt, if that is enough; else another one. Nothing of what another window has read is in it. Waits while
   * it is in use: whoever works there may wait for the engine, so a turn of the engine's is interrupted for that time.
   *
   * @throws CancelledError when the signal is aborted
   */
  async hold(
    window: object,
    prompt: readonly Token[],
    signal: AbortSignal,
    turn?: Pick<SteppedTurn, 'outside'>,
  ): Promise<Held> {
    const place = await this.#choose(window, prompt, signal);
    const enter = (): Promise<() => void> => place.lane.enter(signal, { window });
    const leave = turn !== undefined && place.lane.isTaken ? await turn.outside(enter, signal) : await enter();
    return this.#held(place, window, leave);
  }

  /** As `hold`, for a job that gives way to every other one. @throws CancelledError as `hold` */
  async holdYielding(window: object, prompt: readonly Token[], signal: AbortSignal): Promise<YieldingHeld> {
    const place = await this.#choose(window, prompt, signal);
    const { wanted, leave } = await place.lane.enterYielding(signal, { window });
    return { ...(await this.#held(place, window, leave)), wanted };
  }

  /** One whose content is not missed, as `holdYielding`: a free one, else the one that was not used for the longest time. It is nobody's then. */
  async holdSpare(signal: AbortSignal): Promise<YieldingHeld> {
    const place = this.#places.find((each) => each.window === undefined) ?? this.#places[0];
    if (place === undefined) throw new Error('no places');
    const { wanted, leave } = await place.lane.enterYielding(signal);
    if (place.context === undefined) place.window = undefined;
    return { sequence: place.sequence, wanted, leave };
  }

  /** Frees what the window has; it does not come again. Waits until nothing is done there. */
  async leave(window: object): Promise<void> {
    this.#gone.add(window);
    for (const place of this.#of(window)) {
      const leave = await place.lane.enterLast();
      try {
        await this.#free(place, window);
      } finally {
        leave();
      }
    }
  }

  /** Gives back all contexts but the first; nothing is done in any place. */
  async dispose(): Promise<void> {
    const places = this.#places;
    this.#places = [];
    for (const { context } of places) await context?.dispose();
  }

  async #free(place: Place, window: object): Promise<void> {
    // Given to another one, or back, meanwhile.
    if (place.window !== window || !this.#places.includes(place)) return;
    place.window = undefined;
    place.reader = undefined;
    this.#fullAt = undefined;
    if (place.context === undefined) return place.sequence.clear();
    this.#places = this.#places.filter((each) => each !== place);
    this.#goneMs += place.sequence.engineMs;
    await place.context.dispose();
  }

  async #held(place: Place, window: object, leave: () => void): Promise<Held> {
    try {
      if (place.reader !== undefined && place.reader !== window) await place.sequence.clear();
      place.reader = window;
      return { sequence: place.sequence, leave };
    } catch (error) {
      leave();
      throw error;
    }
  }

  async #choose(window: object, prompt: readonly Token[], signal: AbortSignal): Promise<Place> {
    const place = this.#fitting(window, prompt) ?? (await this.#another(window, signal));
    place.window = window;
    this.#places.push(...this.#places.splice(this.#places.indexOf(place), 1));
    if (!this.#gone.has(window)) return place;
    // It has left while the place was made.
    await this.leave(window);
    throw new CancelledError();
  }

  #fitting(window: object, prompt: readonly Token[]): Place | undefined {
    let best: Place | undefined;
    let most = prompt.length * ENOUGH;
    for (const place of this.#of(window)) {
      const shared = place.sequence.shared(prompt);
      if (shared < most) continue;
      best = place;
      most = shared;
    }
    return best;
  }

  /** Only a window without a place waits for one to be made by another. */
  async #another(window: object, signal: AbortSignal): Promise<Place> {
    const own = this.#of(window);
    if (own[0] !== undefined && own.length >= this.parts.most) return own[0];
    const leave = await this.#making.enter(signal, { window });
    try {
      const free = this.#places.find((each) => each.window === undefined);
      const place = free ?? (await this.#made(window)) ?? this.#shared(window);
      // Before the next one looks for one that is free.
      place.window = window;
      return place;
    } finally {
      leave();
    }
  }

  async #made(window: object): Promise<Place | undefined> {
    const { now = () => performance.now() } = this.parts;
    if (this.#fullAt !== undefined && now() - this.#fullAt < FULL_MS) return undefined;
    const made = this.#places.filter(({ context }) => context !== undefined).length;
    const context = await this.parts.createMore(made);
    this.#fullAt = context === undefined ? now() : undefined;
    if (context === undefined) return undefined;
    const place: Place = { ...this.#placeIn(context), context, window };
    this.#places.push(place);
    return place;
  }

  /** Of the window that has the most places the least used one; a window that has nearly as many keeps to its own. */
  #shared(window: object): Place {
    const own = this.#of(window);
    let richest = own;
    for (const { window: other } of this.#places) {
      const places = other === undefined ? [] : this.#of(other);
      if (places.length > richest.length) richest = places;
    }
    const [given] = own.length > 0 && richest.length <= own.length + 1 ? own : richest;
    if (given === undefined) throw new Error('no places');
    return given;
  }

  /** The least recently used first. */
  #of(window: object): readonly Place[] {
    return this.#places.filter((each) => each.window === window);
  }

  #placeIn(context: LlamaContext): Place {
    return { sequence: new KeptSequence(context, context.batchSize, this.parts.fills), lane: new Lane() };
  }
}
