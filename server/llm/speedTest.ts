/** How fast the model reads and writes here, measured on a kept sequence as typing uses it. Gives way to every other job. */
import type { Token } from 'node-llama-cpp';
import { CancelledError, InterruptedError, orAborted } from '../errors';
import type { Speed } from '../protocol';
import type { Lane } from './lane';
import { type KeptSequence, likeliestFrom } from './sequence';

/** What is measured with. */
export interface Measured {
  readonly lane: Pick<Lane, 'enterYielding'>;
  /** The sequence to read into, asked for in each turn. */
  readonly sequence: () => KeptSequence;
  /** Tokens of code. */
  readonly tokens: readonly Token[];
  /** Room of the context, in tokens. */
  readonly contextSize: number;
  /** As seen so far: a slow machine is given less to read. */
  readonly tokensPerSecond: number;
  /** Rounds of each measurement however long they take: in its first a graphics card may still compile its programs. */
  readonly leastRounds: number;
  /** Milliseconds on a steady clock. */
  readonly now?: () => number;
}

/** The depth at which writing is measured, in tokens; less where reading them takes longer than a share of the time. */
const DEPTH = 512;
const LEAST_DEPTH = 64;
const READ_SECONDS = 1.5;
/** Times for each of the three measurements, in milliseconds: after it no other round is begun. */
const ROUNDS_MS = 2_000;
/** After it a round is over, whatever it has, in milliseconds. */
const ROUND_MS = 3_000;
const ROUNDS = 5;
/** Tokens of a round of writing. */
const WRITTEN = 32;
/** Tokens of a line. */
const LINE = 10;
/** After an interruption it waits for so long a pause, in milliseconds: who types must not meet it at each keystroke. */
const PAUSE_MS = 500;
/** With all interruptions, in milliseconds. */
const LONGEST_MS = 30_000;

export class SpeedTest {
  /** Tokens in one second, a number for each round. */
  readonly #read: number[] = [];
  readonly #written: number[] = [];
  readonly #lineMs: number[] = [];
  readonly #depth: number;
  readonly #now: () => number;

  constructor(private readonly measured: Measured) {
    const { tokens, contextSize, tokensPerSecond, now } = measured;
    const affordable = Math.floor((tokensPerSecond * READ_SECONDS) / LEAST_DEPTH) * LEAST_DEPTH;
    const most = Math.min(DEPTH, tokens.length - ROUNDS - 1, contextSize - WRITTEN - ROUNDS - 1);
    this.#depth = Math.min(most, Math.max(LEAST_DEPTH, affordable));
    this.#now = now ?? (() => performance.now());
  }

  /** @throws CancelledError when the signal is aborted, InterruptedError when others left it no time */
  async run(signal: AbortSignal): Promise<Speed> {
    const started = this.#now();
    for (;;) {
      const { wanted, leave } = await this.measured.lane.enterYielding(signal);
      try {
        await this.#measure(AbortSignal.any([signal, wanted]));
        return this.#speed();
      } catch (error) {
        if (!(error instanceof CancelledError) || signal.aborted) throw error;
        if (this.#now() - started > LONGEST_MS) return this.#speed();
      } finally {
        leave();
      }
      await orAborted(new Promise((resolve) => setTimeout(resolve, PAUSE_MS)), signal);
    }
  }

  /** Goes on where it was interrupted. */
  async #measure(signal: AbortSignal): Promise<void> {
    const sequence = this.measured.sequence();
    await this.#rounds(this.#read, () => this.#readCold(sequence, signal));
    await this.#rounds(this.#written, () => this.#write(sequence, signal));
    await this.#rounds(this.#lineMs, (round) => this.#writeLine(sequence, round, signal));
  }

  async #rounds(results: number[], round: (count: number) => Promise<number>): Promise<void> {
    const started = this.#now();
    while (results.length < ROUNDS && (results.length < this.measured.leastRounds || this.#now() - started < ROUNDS_MS))
      results.push(await round(results.length));
  }

  async #readCold(sequence: KeptSequence, signal: AbortSignal): Promise<number> {
    await sequence.clear();
    const started = this.#now();
    const { evaluated } = await sequence.prefill(this.#prompt(0), signal);
    return perSecond(evaluated - 1, this.#now() - started);
  }

  async #write(sequence: KeptSequence, signal: AbortSignal): Promise<number> {
    const prompt = this.#prompt(0);
    await sequence.prefill(prompt, signal);
    const { tokens, ms } = await this.#decode(sequence, prompt, WRITTEN, signal);
    return perSecond(tokens, ms);
  }

  /** Another token was typed, all before it is in the cache. Where there is no time for a whole line, it is counted up to one. */
  async #writeLine(sequence: KeptSequence, round: number, signal: AbortSignal): Promise<number> {
    const prompt = this.#prompt(round + 1);
    await sequence.prefill(this.#prompt(round), signal);
    const started = this.#now();
    await sequence.prefill(prompt, signal);
    const readMs = this.#now() - started;
    const { tokens, ms } = await this.#decode(sequence, prompt, LINE, signal);
    return readMs + (ms / tokens) * LINE;
  }

  async #decode(sequence: KeptSequence, prompt: readonly Token[], most: number, signal: AbortSignal) {
    const started = this.#now();
    let tokens = 0;
    for await (const _ of sequence.decode(prompt.at(-1) ?? (0 as Token), likeliestFrom(), signal))
      if (++tokens >= most || this.#now() - started > ROUND_MS) break;
    return { tokens, ms: this.#now() - started };
  }

  #prompt(typed: number): readonly Token[] {
    return this.measured.tokens.slice(0, this.#depth + 1 + typed);
  }

  /** The best of reading and writing, since other work only ever slows; what is felt is the median line. */
  #speed(): Speed {
    if (this.#read.length === 0 || this.#written.length === 0) throw new InterruptedError();
    const writtenPerSecond = Math.max(...this.#written);
    const line = median(this.#lineMs) ?? (LINE / writtenPerSecond) * 1000;
    return { readPerSecond: Math.max(...this.#read), writtenPerSecond, lineMs: line };
  }
}

const perSecond = (count: number, ms: number): number => (count / Math.max(ms, 0.001)) * 1000;

function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
