/** `ChatLlm` by node-llama-cpp: a conversation in a sequence of its own, which gives way to every other job after each batch and token. */
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { CancelledError, throwIfAborted } from '../../errors';
import type { ChatFacts } from '../../protocol';
import type { Lane } from '../lane';
import type { ChatLlm, ChatOptions, ChatPrompt, ChatToken } from '../llm';
import { type Choice, KeptSequence } from '../sequence';
import { Costs } from './costs';
import { Drafts } from './drafts';
import { ChatLayout, type LaidOut } from './layout';
import { Sampler } from './sampler';
import { ChatTemplate } from './template';
import { readModelChat } from './vocabulary';
import { Writer } from './writer';

export interface ChatParts {
  readonly model: LlamaModel;
  /** One job of the engine at a time. */
  readonly lane: Lane;
  /** One answer at a time. */
  readonly answers: Lane;
  /** Whether batches that are nearly whole are filled up: on a processor. */
  readonly fills: boolean;
  /** Makes the context, or hands out the one that is there. @throws UserError when there is no memory for it */
  readonly createContext: () => Promise<LlamaContext>;
  /** The sequence of a context that is there already. */
  readonly sequence?: KeptSequence;
}

interface Room {
  readonly context: LlamaContext;
  readonly sequence: KeptSequence;
}

/** In templates of the "harmony" format an answer has several parts, each with its end. */
const PARTS = '<|channel|>';

export class LlamaChat implements ChatLlm {
  readonly facts: ChatFacts;
  #room: Promise<Room> | undefined;
  #sequence: KeptSequence | undefined;
  readonly #costs = new Costs();

  /** @throws Error when the template cannot be used; undefined when there is none */
  static of(parts: ChatParts): LlamaChat | undefined {
    const chat = readModelChat(parts.model);
    if (chat === undefined) return undefined;
    const template = new ChatTemplate(chat.source);
    const [ending] = chat.source.text.includes(PARTS) ? [] : chat.vocabulary.template(template.answerEnd, false);
    return new LlamaChat(parts, template.facts, new ChatLayout(template, chat.vocabulary), ending);
  }

  private constructor(
    private readonly parts: ChatParts,
    facts: ChatFacts,
    private readonly layout: ChatLayout<Token>,
    /** The special token that the template puts behind an answer: a model that writes it has said all, even where its file does not say so. */
    private readonly ending: Token | undefined,
  ) {
    this.facts = facts;
  }

  /** Time spent in calls of the engine so far, in milliseconds. */
  get engineMs(): number {
    return this.#sequence?.engineMs ?? 0;
  }

  async room(): Promise<number> {
    return (await this.#made()).context.contextSize;
  }

  count(text: string): number {
    return this.layout.count(text);
  }

  measure(prompt: ChatPrompt): number {
    return this.layout.layOut(prompt).tokens.length;
  }

  async *answer(prompt: ChatPrompt, options: ChatOptions, signal: AbortSignal): AsyncGenerator<ChatToken, void, void> {
    if (options.maxTokens === 0) {
      await this.#warmUp(prompt, options, signal);
      return;
    }
    const leave = await this.parts.answers.enter(signal);
    try {
      const { context, sequence } = await this.#made();
      const laidOut = this.layout.layOut(prompt);
      const room = context.contextSize - laidOut.tokens.length;
      if (room < 1)
        throw new Error(`a prompt of ${laidOut.tokens.length} tokens has no room in ${context.contextSize}`);
      await this.#read(sequence, laidOut.tokens, options, signal);
      yield* this.#write(sequence, laidOut, { ...options, maxTokens: Math.min(options.maxTokens, room) }, signal);
    } finally {
      leave();
    }
  }

  /** Gives the memory back; every answer is over. */
  async dispose(): Promise<void> {
    const room = this.#room;
    this.#room = undefined;
    // Where it could not be made there is nothing to give back, and who asked for it has heard why.
    const made = await room?.catch(() => undefined);
    if (this.parts.sequence === undefined) await made?.context.dispose();
  }

  /** One that could not be made is tried again by the next question. */
  #made(): Promise<Room> {
    if (this.#room !== undefined) return this.#room;
    const room = this.#make();
    this.#room = room;
    room.catch(() => {
      if (this.#room === room) this.#room = undefined;
    });
    return room;
  }

  async #make(): Promise<Room> {
    const { createContext, sequence, fills } = this.parts;
    const context = await createContext();
    this.#sequence = sequence ?? new KeptSequence(context, context.batchSize, fills);
    return { context, sequence: this.#sequence };
  }

  /** Reads a prompt for later, and gives way to every answer: what was read by then stays. */
  async #warmUp(prompt: ChatPrompt, options: ChatOptions, signal: AbortSignal): Promise<void> {
    const { wanted, leave } = await this.parts.answers.enterYielding(signal);
    try {
      const { sequence } = await this.#made();
      await this.#read(sequence, this.layout.layOut(prompt).tokens, options, AbortSignal.any([signal, wanted]));
    } catch (error) {
      if (!(error instanceof CancelledError && wanted.aborted && !signal.aborted)) throw error;
    } finally {
      leave();
    }
  }

  async #read(
    sequence: KeptSequence,
    tokens: readonly Token[],
    { mayGoOn, onReading, onPrefilled }: ChatOptions,
    signal: AbortSignal,
  ): Promise<void> {
    const reused = await this.#step(() => sequence.adapt(tokens), mayGoOn, signal);
    for (let read = reused; read < tokens.length - 1; ) {
      read = await this.#step(() => sequence.readBatch(tokens), mayGoOn, signal);
      onReading?.(read, tokens.length);
    }
    onPrefilled?.({ reused, evaluated: tokens.length - reused });
  }

  async *#write(
    sequence: KeptSequence,
    { tokens, begun, opening, thought }: LaidOut<Token>,
    { maxTokens, temperature, seed, mayGoOn, likely, onPredicted }: ChatOptions,
    signal: AbortSignal,
  ): AsyncGenerator<ChatToken, void, void> {
    const sampler = new Sampler<Token>(temperature, seed);
    const writer = new Writer<Token>((some, before) => this.parts.model.detokenize(some, true, before));
    for (const token of begun) {
      sampler.note(token);
      writer.add(token);
    }
    const choose: Choice = (likeliest) => sampler.choose(likeliest);
    const drafts = likely !== undefined && sequence.erases ? this.#draftsOf(likely) : undefined;
    let before = begun.length === 0 ? thought : '';
    let previous = tokens.at(-1) ?? (0 as Token);
    let drafted = 0;
    let predicted = 0;
    try {
      for (let written = 0; written < maxTokens; ) {
        const draft = drafts?.next(maxTokens - written - 1) ?? [];
        drafted += draft.length;
        const chosen = await this.#step(
          () => timed(() => sequence.check(previous, draft, choose, signal)),
          mayGoOn,
          signal,
        );
        for (const [at, { token }] of chosen.result.entries()) {
          if (at > 0) throwIfAborted(signal);
          if (this.#ends(token)) return;
          written++;
          if (at < draft.length) predicted++;
          yield { text: before + writer.add(token) };
          before = '';
          previous = token;
        }
        drafts?.took(
          draft,
          chosen.result.map(({ token }) => token),
          chosen.ms,
        );
      }
    } finally {
      // What the template opens for this answer only, it does not open later: a thought is left out then.
      const { text, ends } = writer;
      this.layout.answers.remember({ text, tokens: writer.tokens, ends, ...(thought === '' ? { opening } : {}) });
      onPredicted?.(predicted, drafted - predicted);
    }
  }

  #draftsOf(likely: string): Drafts<Token> {
    return new Drafts(this.layout.tokens(likely), this.#costs);
  }

  #ends(token: Token): boolean {
    return token === this.ending || this.parts.model.isEogToken(token);
  }

  /** One call of the engine, in its turn: between two of them others go first. @throws CancelledError when the signal is aborted */
  async #step<R>(call: () => Promise<R>, mayGoOn: (() => Promise<void>) | undefined, signal: AbortSignal): Promise<R> {
    await mayGoOn?.();
    const leave = await this.parts.lane.enter(signal);
    try {
      throwIfAborted(signal);
      return await call();
    } finally {
      leave();
    }
  }
}

async function timed<R>(work: () => Promise<R>): Promise<{ readonly result: R; readonly ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: performance.now() - started };
}
