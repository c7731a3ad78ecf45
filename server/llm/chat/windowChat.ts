/** Conversations of one window: in a place of its own where there is memory for it, giving way to every other job after each batch and token. */
import type { Token } from 'node-llama-cpp';
import { CancelledError, throwIfAborted } from '../../errors';
import type { ChatFacts } from '../../protocol';
import { Lane } from '../lane';
import type { ChatLlm, ChatOptions, ChatPrompt, ChatToken } from '../llm';
import type { Choice, KeptSequence } from '../sequence';
import { Drafts } from './drafts';
import { ChatLayout, type LaidOut } from './layout';
import type { LlamaChat } from './llamaChat';
import { Sampler } from './sampler';
import { Writer } from './writer';

export class WindowChat implements ChatLlm {
  readonly facts: ChatFacts;
  readonly #layout: ChatLayout<Token>;
  /** One answer at a time. */
  readonly #answers = new Lane();

  constructor(private readonly chat: LlamaChat) {
    this.facts = chat.facts;
    this.#layout = new ChatLayout(chat.template, chat.vocabulary);
  }

  async room(): Promise<number> {
    return (await this.chat.room()).contextSize;
  }

  count(text: string): number {
    return this.#layout.count(text);
  }

  measure(prompt: ChatPrompt): number {
    return this.#layout.layOut(prompt).tokens.length;
  }

  async *answer(prompt: ChatPrompt, options: ChatOptions, signal: AbortSignal): AsyncGenerator<ChatToken, void, void> {
    const end = this.chat.begin();
    try {
      if (options.maxTokens === 0) await this.#warmUp(prompt, options, signal);
      else yield* this.#answer(prompt, options, signal);
    } finally {
      end();
    }
  }

  /** Gives the window's place back; every answer was cancelled. */
  leave(): Promise<void> {
    return this.chat.leave(this);
  }

  async *#answer(prompt: ChatPrompt, options: ChatOptions, signal: AbortSignal): AsyncGenerator<ChatToken, void, void> {
    const leave = await this.#answers.enter(signal);
    try {
      const { contextSize, places } = await this.chat.room();
      const laidOut = this.#layout.layOut(prompt);
      const room = contextSize - laidOut.tokens.length;
      if (room < 1) throw new Error(`a prompt of ${laidOut.tokens.length} tokens has no room in ${contextSize}`);
      const held = await places.hold(this, laidOut.tokens, signal);
      try {
        await this.#read(held.sequence, laidOut.tokens, options, signal);
        const maxTokens = Math.min(options.maxTokens, room);
        yield* this.#write(held.sequence, laidOut, { ...options, maxTokens }, signal);
      } finally {
        held.leave();
      }
    } finally {
      leave();
    }
  }

  /** Reads a prompt for later, and gives way to every answer: what was read by then stays. */
  async #warmUp(prompt: ChatPrompt, options: ChatOptions, signal: AbortSignal): Promise<void> {
    const turn = await this.#answers.enterYielding(signal);
    try {
      const { places } = await this.chat.room();
      const { tokens } = this.#layout.layOut(prompt);
      const held = await places.holdYielding(this, tokens, AbortSignal.any([signal, turn.wanted]));
      try {
        await this.#read(held.sequence, tokens, options, AbortSignal.any([signal, turn.wanted, held.wanted]));
      } catch (error) {
        if (!(error instanceof CancelledError && held.wanted.aborted && !signal.aborted)) throw error;
      } finally {
        held.leave();
      }
    } catch (error) {
      if (!(error instanceof CancelledError && turn.wanted.aborted && !signal.aborted)) throw error;
    } finally {
      turn.leave();
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
    const writer = new Writer<Token>((some, before) => this.chat.model.detokenize(some, true, before));
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
      this.#layout.answers.remember({ text, tokens: writer.tokens, ends, ...(thought === '' ? { opening } : {}) });
      onPredicted?.(predicted, drafted - predicted);
    }
  }

  #draftsOf(likely: string): Drafts<Token> {
    return new Drafts(this.#layout.tokens(likely), this.chat.costs);
  }

  #ends(token: Token): boolean {
    return token === this.chat.ending || this.chat.model.isEogToken(token);
  }

  /** One call of the engine, in its turn: between two of them others go first. @throws CancelledError when the signal is aborted */
  async #step<R>(call: () => Promise<R>, mayGoOn: (() => Promise<void>) | undefined, signal: AbortSignal): Promise<R> {
    await mayGoOn?.();
    const leave = await this.chat.lane.enter(signal, { window: this, isChat: true });
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
