/** A model as one window has it: its own prompts and places, in turn with the other windows. */
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { Speed } from '../protocol';
import type { WindowChat } from './chat/windowChat';
import type { FimTokens } from './fim';
import type { YieldingTurn } from './lane';
import type { InfillOptions, InfillPrompt, InfillToken, LlmFacts, WindowLlm } from './llm';
import type { Shared } from './parts';
import type { Held } from './places';
import { Prompts } from './prompts';
import { sampleCode } from './sampleCode';
import { type KeptSequence, likeliestFrom } from './sequence';
import { SpeedTest } from './speedTest';
import { textOf } from './text';

export class LlamaWindow implements WindowLlm {
  /** Absent when the model has no chat template that works. */
  readonly chat?: WindowChat;
  /** undefined when the model cannot fill in. */
  readonly #prompts: Prompts<Token> | undefined;

  constructor(
    private readonly shared: Shared,
    fim: FimTokens<Token> | undefined,
    chat: WindowChat | undefined,
  ) {
    if (chat !== undefined) this.chat = chat;
    this.#prompts = fim && new Prompts(shared.parts.options.layout, fim, shared.plainTokens);
  }

  get facts(): LlmFacts {
    return this.shared.facts;
  }

  get engineMs(): number {
    return this.shared.engineMs;
  }

  async *infill(
    prompt: InfillPrompt,
    { maxTokens, firstRank = 0, onPrefilled }: InfillOptions,
    signal: AbortSignal,
  ): AsyncGenerator<InfillToken, void, void> {
    const { model } = this.shared.parts;
    const { tokens, sequence, leave } = await this.#placeFor(prompt, maxTokens, signal);
    try {
      const last = tokens.at(-1);
      const before = sequence.engineMs;
      const usage = await sequence.prefill(tokens, signal);
      this.shared.noteSpeed(usage.evaluated, sequence.engineMs - before);
      onPrefilled?.(usage);
      if (last === undefined || maxTokens === 0) return;
      const decoded: Token[] = [];
      for await (const { token, probability } of sequence.decode(last, likeliestFrom(firstRank), signal)) {
        if (model.isEogToken(token)) return;
        decoded.push(token);
        yield { text: textOf(model.detokenize(decoded)), probability };
        if (decoded.length >= maxTokens) return;
      }
    } finally {
      leave();
    }
  }

  measureSpeed(signal: AbortSignal): Promise<Speed> {
    const { parts, facts } = this.shared;
    let sequence: KeptSequence | undefined;
    const enterYielding = async (cancelled: AbortSignal): Promise<YieldingTurn> => {
      const turn = await this.#spareTurn(cancelled);
      sequence = turn.sequence;
      return turn;
    };
    const measured = {
      lane: { enterYielding },
      sequence: () => {
        if (sequence === undefined) throw new Error('not in its turn');
        return sequence;
      },
      tokens: withBegin(parts.model, parts.model.tokenize(sampleCode)),
      contextSize: parts.context.contextSize,
      tokensPerSecond: facts.prefillTokensPerSecond,
      leastRounds: facts.backend === 'cpu' ? 1 : 2,
    };
    return new SpeedTest(measured).run(signal);
  }

  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]> {
    return this.shared.embed(texts, signal, this);
  }

  idle(): Promise<void> {
    return this.shared.idle();
  }

  dispose(): Promise<void> {
    return this.shared.dispose();
  }

  async leave(): Promise<void> {
    const { lane, places } = this.shared;
    // Of places that conversations work in, the lane is not theirs alone.
    const leave = this.#chatsHere ? undefined : await lane.enter(new AbortController().signal, { window: this });
    try {
      await places.leave(this);
    } finally {
      leave?.();
    }
    await this.chat?.leave();
  }

  /** Whether conversations have the first context's places: then a place is held first, and never between two tokens of an answer. */
  get #chatsHere(): boolean {
    return this.shared.parts.options.job === 'chat';
  }

  /** Waits for the turn, and only then lays the prompt out and chooses the place: by then it is known what was read before. */
  async #placeFor(
    prompt: InfillPrompt,
    maxTokens: number,
    signal: AbortSignal,
  ): Promise<Held & { readonly tokens: readonly Token[] }> {
    const prompts = this.#prompts;
    if (prompts === undefined) throw new Error('this model has no fill-in-the-middle tokens');
    const { lane, places, parts } = this.shared;
    const layOut = (): readonly Token[] => prompts.layOut(prompt, parts.context.contextSize - maxTokens - 1);
    const tokens = this.#chatsHere ? layOut() : [];
    const outer = this.#chatsHere ? await places.hold(this, tokens, signal) : undefined;
    let leave: (() => void) | undefined;
    try {
      leave = await lane.enter(signal, { window: this });
      if (outer !== undefined) return { tokens, sequence: outer.sequence, leave: both(leave, outer.leave) };
      const laidOut = layOut();
      const { sequence, leave: leavePlace } = await places.hold(this, laidOut, signal);
      return { tokens: laidOut, sequence, leave: both(leavePlace, leave) };
    } catch (error) {
      leave?.();
      outer?.leave();
      throw error;
    }
  }

  /** A turn in a place that nobody misses, which ends as soon as anybody wants the place or the engine. */
  async #spareTurn(signal: AbortSignal): Promise<YieldingTurn & { readonly sequence: KeptSequence }> {
    const { lane, places } = this.shared;
    const outer = this.#chatsHere ? await places.holdSpare(signal) : undefined;
    let turn: YieldingTurn | undefined;
    try {
      turn = await lane.enterYielding(signal, { window: this });
      const held = outer ?? (await places.holdSpare(signal));
      const { sequence, wanted, leave } = held;
      return { sequence, wanted: AbortSignal.any([turn.wanted, wanted]), leave: both(leave, turn.leave) };
    } catch (error) {
      turn?.leave();
      outer?.leave();
      throw error;
    }
  }
}

/** With the token that stands at the very start, for models that want it. */
export function withBegin(model: LlamaModel, tokens: readonly Token[]): readonly Token[] {
  const { bos, shouldPrependBosToken } = model.tokens;
  return shouldPrependBosToken && bos !== null ? [bos, ...tokens] : tokens;
}

const both = (one: () => void, other: () => void) => (): void => {
  one();
  other();
};
