/**
 * Markdown that may grow, drawn block by block. A finished block is drawn once and left alone; the last is drawn anew as it grows, as often
 * as its cost allows.
 */
import type { Words } from '../../messages';
import { make } from '../dom';
import { type Block, blocksOf, languageOf, markupOf, normalized, type References, settledLength } from './blocks';
import { cleanedMarkup, nodesOf } from './clean';
import { CodeView, type OnCode } from './codeView';
import { splitMarks } from './marks';

interface Drawn {
  readonly block: Block;
  readonly element: HTMLElement;
  /** Of a block that is nothing but code. */
  readonly code?: CodeView;
}

/** Drawing may take a quarter of the time. */
const SHARE = 4;
/** In milliseconds: what costs less may be drawn in every frame. */
const CHEAP = 3;
/** In milliseconds: longer drawing goes on in the next frame. */
const AT_ONCE = 10;
/** In characters: a line of plain text is drawn in pieces of so many. */
const PIECE = 4_000;

export class Body {
  readonly element = make('div', { class: 'body' });
  readonly #words: Words;
  readonly #onCode: OnCode;
  #text = '';
  /** What of it was drawn last. */
  #drawn = '';
  #isGrowing = false;
  /** Characters that are drawn for good, and the blocks behind them. */
  #settled = 0;
  #open: Drawn[] = [];
  readonly #references: References = {};
  #known = 0;
  #pauseUntil = 0;
  #frame = 0;
  /** The frame that it was drawn in last. */
  #frameTime: CSSNumberish | null = null;

  constructor(words: Words, onCode: OnCode) {
    this.#words = words;
    this.#onCode = onCode;
  }

  update(source: string, isGrowing: boolean): void {
    const text = normalized(source);
    if (text === this.#text && isGrowing === this.#isGrowing) return;
    if (!text.startsWith(this.#text.slice(0, this.#settled))) this.#startAnew();
    this.#text = text;
    this.#isGrowing = isGrowing;
    if (!isGrowing) this.#draw();
    else if (this.#frame === 0) this.#drawWhenDue();
  }

  /** At most once in a frame, and less often when it is costly. */
  #drawWhenDue(): void {
    const isDrawn = document.timeline.currentTime === this.#frameTime;
    if (!isDrawn && performance.now() >= this.#pauseUntil) this.#draw();
    else this.#inFrame(() => this.#drawWhenDue());
  }

  #inFrame(act: () => void): void {
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      act();
    });
  }

  #draw(): void {
    const started = performance.now();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    // A name whose target came only now may stand in any block.
    if (!this.#isGrowing && Object.keys(this.#references.references ?? {}).length > this.#known) this.#startAnew();
    this.#drawn = this.#text;
    this.#drawFrom(0, blocksOf(this.#text.slice(this.#settled), this.#references), started);
    const cost = performance.now() - started;
    this.#pauseUntil = cost < CHEAP ? 0 : performance.now() + cost * SHARE;
  }

  /** A long answer that comes at once is drawn over many frames. */
  #drawFrom(first: number, blocks: readonly Block[], started: number): void {
    this.#frameTime = document.timeline.currentTime;
    for (let index = first; index < blocks.length; index++) {
      if (index > first && performance.now() - started > AT_ONCE) {
        this.#inFrame(() => this.#drawFrom(index, blocks, performance.now()));
        return;
      }
      const block = blocks[index];
      if (block !== undefined) this.#drawBlock(index, block, this.#isGrowing && index === blocks.length - 1);
    }
    for (const { element } of this.#open.splice(blocks.length)) element.remove();
    const settled = this.#isGrowing ? settledLength(blocks) : 0;
    for (let done = 0; done < settled; ) done += this.#open.shift()?.block.source.length ?? settled;
    this.#settled += settled;
    if (this.#drawn !== this.#text) this.#inFrame(() => this.#drawWhenDue());
  }

  #drawBlock(index: number, block: Block, isGrowing: boolean): void {
    const old = this.#open[index];
    if (old?.block.kind === 'code' && block.kind === 'code') {
      old.code?.update(block.code, block.language, isGrowing);
      this.#open[index] = { ...old, block };
    } else if (old?.block.source !== block.source || old.block.kind !== block.kind) {
      const drawn = this.#drawnOf(block, isGrowing);
      if (old === undefined) this.element.append(drawn.element);
      else old.element.replaceWith(drawn.element);
      this.#open[index] = drawn;
    }
  }

  #drawnOf(block: Block, isGrowing: boolean): Drawn {
    if (block.kind === 'code') {
      const code = new CodeView(this.#words, this.#onCode);
      code.update(block.code, block.language, isGrowing);
      return { block, element: code.element, code };
    }
    const element = make('div', { class: `block ${block.kind}` });
    if (block.kind === 'plain') element.append(...plainOf(block.source));
    else element.append(this.#proseOf(block.source));
    return { block, element };
  }

  #proseOf(source: string): DocumentFragment {
    const fragment = cleanedMarkup(markupOf(source, this.#references), this.#words.link);
    for (const inner of fragment.querySelectorAll('pre')) {
      const code = new CodeView(this.#words, this.#onCode);
      const name = inner.querySelector('code')?.className.replace('language-', '') ?? '';
      code.update((inner.textContent ?? '').replace(/\n$/, ''), languageOf(name), false);
      inner.replaceWith(code.element);
    }
    return fragment;
  }

  #startAnew(): void {
    this.element.replaceChildren();
    this.#open = [];
    this.#settled = 0;
    this.#known = Object.keys(this.#references.references ?? {}).length;
  }
}

function plainOf(source: string): readonly HTMLElement[] {
  const pieces = source.split('\n').flatMap((line) => line.match(new RegExp(`[^]{1,${PIECE}}`, 'gu')) ?? ['']);
  const groups: string[] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last !== undefined && last.length + piece.length < PIECE) groups[groups.length - 1] = `${last}\n${piece}`;
    else groups.push(piece);
  }
  return groups.map((group) => make('div', { class: 'piece' }, ...nodesOf(splitMarks(group, 'text'))));
}
