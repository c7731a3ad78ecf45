/** A model as one window has it: its own prompts and places, in turn with the other windows. */
import type { LlamaModel, Token } from 'node-llama-cpp';
import { throwIfAborted } from '../errors';
import type { Speed } from '../protocol';
import type { WindowChat } from './chat/windowChat';
import type { FimTokens } from './fim';
import type { SteppedTurn, YieldingTurn } from './lane';
import type { InfillOptions, InfillPrompt, InfillToken, LlmFacts, PrefillUsage, WindowLlm } from './llm';
import type { Shared } from './parts';
import type { Held } from './places';
import { Prompts } from './prompts';
import { sampleCode } from './sampleCode';
import { type KeptSequence, likeliestFrom } from './sequence';
import { SpeedTest } from './speedTest';
import { textOf } from './text';

/** A completion in its place and its turn. */
interface Working extends Held {
  readonly tokens: readonly Token[];
  readonly turn: SteppedTurn;
}

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
    const end = this.shared.going.begin();
    let leave: (() => void) | undefined;
    try {
      const working = await this.#placeFor(prompt, maxTokens, signal);
      leave = working.leave;
      const { tokens, sequence, turn } = working;
      const last = tokens.at(-1);
      const usage = await this.#prefill(working, signal);
      onPrefilled?.(usage);
      if (last === undefined || maxTokens === 0) return;
      const decoded: Token[] = [];
      if (turn.isWanted()) await turn.giveWay(signal);
      for await (const { token, probability } of sequence.decode(last, likeliestFrom(firstRank), signal)) {
        if (model.isEogToken(token)) return;
        decoded.push(token);
        yield { text: textOf(model.detokenize(decoded)), probability };
        if (decoded.length >= maxTokens) return;
        if (turn.isWanted()) await turn.giveWay(signal);
      }
    } finally {
      leave?.();
      end();
    }
  }

  /** Between two batches a window goes first that has had less of the engine. @throws CancelledError within one batch */
  async #prefill({ tokens, sequence, turn }: Working, signal: AbortSignal): Promise<PrefillUsage> {
    throwIfAborted(signal);
    const before = sequence.engineMs;
    const reused = await sequence.adapt(tokens);
    for (let read = reused; read < tokens.length - 1; ) {
      throwIfAborted(signal);
      if (turn.isWanted()) await turn.giveWay(signal);
      read = await sequence.readBatch(tokens);
    }
    const evaluated = tokens.length - reused;
    this.shared.noteSpeed(evaluated, sequence.engineMs - before);
    return { reused, evaluated };
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
    const end = this.shared.going.begin();
    try {
      await this.shared.places.leave(this);
      await this.chat?.leave();
    } finally {
      end();
    }
  }

  /** Whether conversations have the first context's places: then a place is held first, and never between two tokens of an answer. */
  get #chatsHere(): boolean {
    return this.shared.parts.options.job === 'chat';
  }

  /** Waits for the turn, and only then lays the prompt out and chooses the place: by then it is known what was read before. */
  async #placeFor(prompt: InfillPrompt, maxTokens: number, signal: AbortSignal): Promise<Working> {
    const prompts = this.#prompts;
    if (prompts === undefined) throw new Error('this model has no fill-in-the-middle tokens');
    const { lane, places, parts } = this.shared;
    const layOut = (): readonly Token[] => prompts.layOut(prompt, parts.context.contextSize - maxTokens - 1);
    const early = this.#chatsHere ? layOut() : [];
    const outer = this.#chatsHere ? await places.hold(this, early, signal) : undefined;
    let turn: SteppedTurn | undefined;
    try {
      turn = await lane.enterStepped(signal, { window: this });
      const tokens = outer === undefined ? layOut() : early;
      const { sequence, leave } = outer ?? (await places.hold(this, tokens, signal, turn));
      return { tokens, sequence, turn, leave: both(leave, turn.leave) };
    } catch (error) {
      turn?.leave();
      outer?.leave();
      throw error;
    }
  }

  /**
   * A turn in a place that nobody misses, which ends as soon as anybody wants the place or the engine. The place comes first: whoever works
   * there may wait for the engine.
   */
  async #spareTurn(signal: AbortSignal): Promise<YieldingTurn & { readonly sequence: KeptSequence }> {
    const { lane, places } = this.shared;
    const held = await places.holdSpare(signal);
    try {
      const turn = await lane.enterYielding(signal, { window: this });
      const wanted = AbortSignal.any([turn.wanted, held.wanted]);
      return { sequence: held.sequence, wanted, leave: both(held.leave, turn.leave) };
    } catch (error) {
      held.leave();
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
