/**
 * What a model writes, told apart while it comes: thoughts, the answer, calls of tools. A tag is never shown, not even its first half: what
 * may be the beginning of one is held back until it is clear. A call that cannot be read is given back as the text that it is.
 */
import type { Tool } from '../chatProtocol';
import { type Call, FUNCTION, mayBeBareCall, NOTATIONS, type Notation, readCalls } from './calls';

export type Said =
  | { readonly kind: 'thought' | 'text'; readonly text: string }
  | { readonly kind: 'toolCall'; readonly call: Call };

export interface SpokenOptions {
  /** Absent or empty: nothing is a call. */
  readonly tools?: readonly Tool[];
  /** Whether it goes on with an answer that broke off: blanks at its beginning belong to it, and it has been thought about. */
  readonly isBegun?: boolean;
}

const THOUGHTS: readonly Notation[] = [
  { open: '<think>', close: '</think>' },
  { open: '<thinking>', close: '</thinking>' },
  { open: '<thought>', close: '</thought>' },
  { open: '<reasoning>', close: '</reasoning>' },
  { open: '[THINK]', close: '[/THINK]' },
];
const THOUGHT_TAGS = THOUGHTS.flatMap(({ open, close }) => [open, close]);
const CALL_TAGS = [...NOTATIONS.map(({ open }) => open), FUNCTION.open].filter((open) => open !== '');

/**
 * `start`: of the whole. `begin`: of the answer. `thought`, `text`, `call`: in one; of a call, what opened it is still held. `called`: behind
 * a call, which may have to be closed.
 */
type State = 'start' | 'begin' | 'thought' | 'text' | 'call' | 'called';

export class Spoken {
  #state: State;
  #held = '';
  #close = '';
  #notation: Notation = { open: '', close: '' };
  /** Whether the thought has said anything. */
  #hasThought = false;
  #hasText = false;
  #said: Said[] = [];
  readonly #tools: readonly Tool[];

  constructor({ tools = [], isBegun = false }: SpokenOptions) {
    this.#tools = tools;
    this.#state = isBegun ? 'text' : 'start';
  }

  take(piece: string): readonly Said[] {
    this.#held += piece;
    return this.#read(false);
  }

  /** Nothing more comes: what is still open ends here. */
  end(): readonly Said[] {
    return this.#read(true);
  }

  #read(isEnd: boolean): readonly Said[] {
    this.#said = [];
    while (this.#step(isEnd));
    return this.#said;
  }

  /** @returns whether there may be more to read in what is held */
  #step(isEnd: boolean): boolean {
    switch (this.#state) {
      case 'start':
        return this.#start(isEnd);
      case 'begin':
        return this.#begin();
      case 'thought':
        return this.#thought(isEnd);
      case 'text':
        return this.#text(isEnd);
      case 'call':
        return this.#call(isEnd);
      case 'called':
        return this.#called(isEnd);
    }
  }

  #start(isEnd: boolean): boolean {
    const rest = this.#held.trimStart();
    const thought = THOUGHTS.find(({ open }) => rest.startsWith(open));
    // A template may have opened it, and a model that did not think closes it all the same.
    const stray = THOUGHTS.find(({ close }) => rest.startsWith(close));
    if (thought !== undefined) {
      this.#close = thought.close;
      return this.#go('thought', rest.slice(thought.open.length));
    }
    if (stray !== undefined) return this.#go('begin', rest.slice(stray.close.length));
    if (!isEnd && (rest === '' || THOUGHT_TAGS.some((tag) => tag.startsWith(rest)))) return false;
    return this.#go('begin', rest);
  }

  #begin(): boolean {
    const rest = this.#held.trimStart();
    if (rest === '') return false;
    if (this.#tools.length === 0 || !mayBeBareCall(rest)) return this.#go('text', this.#hasText ? `\n\n${rest}` : rest);
    this.#notation = { open: '', close: '' };
    return this.#go('call', rest);
  }

  #thought(isEnd: boolean): boolean {
    if (!this.#hasThought) this.#held = this.#held.trimStart();
    const end = this.#held.indexOf(this.#close);
    if (end >= 0) {
      this.#tell('thought', this.#held.slice(0, end).trimEnd());
      return this.#go('begin', this.#held.slice(end + this.#close.length));
    }
    this.#tellUntilTag('thought', [this.#close], isEnd);
    return false;
  }

  #text(isEnd: boolean): boolean {
    const tags = this.#tools.length === 0 ? [] : CALL_TAGS;
    const at = Math.min(...tags.map((tag) => this.#held.indexOf(tag)).filter((index) => index >= 0));
    if (!Number.isFinite(at)) {
      this.#tellUntilTag('text', tags, isEnd);
      return false;
    }
    this.#tell('text', this.#held.slice(0, at).trimEnd());
    const rest = this.#held.slice(at);
    this.#notation = NOTATIONS.find(({ open }) => open !== '' && rest.startsWith(open)) ?? { open: '', close: '' };
    return this.#go('call', rest);
  }

  #call(isEnd: boolean): boolean {
    const { open } = this.#notation;
    const held = this.#held;
    const read = readCalls(held.slice(open.length), this.#tools);
    if (read === 'waiting' && !isEnd)
      return open !== '' || held.startsWith(FUNCTION.open) || mayBeBareCall(held) ? false : this.#noCall();
    if (read === 'waiting' || read === 'broken') return this.#noCall();
    for (const call of read.calls) this.#said.push({ kind: 'toolCall', call });
    return this.#go('called', held.slice(open.length + read.end));
  }

  /** What looked like a call is told as it was written, at least its opening; the rest is read as text. */
  #noCall(): boolean {
    const first = CALL_TAGS.find((tag) => this.#held.startsWith(tag))?.length ?? 1;
    this.#tell('text', this.#held.slice(0, first));
    return this.#go('text', this.#held.slice(first));
  }

  #called(isEnd: boolean): boolean {
    const { close } = this.#notation;
    const rest = this.#held.trimStart();
    if (close !== '' && rest.startsWith(close)) return this.#go('begin', rest.slice(close.length));
    if (!isEnd && (rest === '' || close.startsWith(rest))) return false;
    return this.#go('begin', rest.replace(/^;/, ''));
  }

  #go(state: State, held: string): boolean {
    this.#state = state;
    this.#held = held;
    return held !== '';
  }

  /** All but what may be the beginning of a tag, with the blanks before it. */
  #tellUntilTag(kind: 'thought' | 'text', tags: readonly string[], isEnd: boolean): void {
    const held = this.#held;
    let end = held.length;
    if (!isEnd) {
      const half = (from: number): boolean => tags.some((tag) => tag.startsWith(held.slice(from)));
      const longest = Math.max(0, ...tags.map(({ length }) => length - 1));
      end = Math.max(0, held.length - longest);
      while (end < held.length && !half(end)) end++;
      if (tags.length > 0) end = held.slice(0, end).trimEnd().length;
    }
    this.#tell(kind, held.slice(0, end));
    this.#held = held.slice(end);
  }

  #tell(kind: 'thought' | 'text', text: string): void {
    if (text === '') return;
    if (kind === 'text') this.#hasText = true;
    else this.#hasThought = true;
    this.#said.push({ kind, text });
  }
}
