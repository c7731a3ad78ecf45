/** A code block: a bar with its language and what can be done with it, and the code in colours. */
import type { Words } from '../../messages';
import { button, make, setText } from '../dom';
import { nodesOf } from './clean';
import { highlighted, isKnown, plain } from './highlight';
import { splitMarks } from './marks';
import { piecesOf } from './tokens';

export type CodeAct = 'copy' | 'insert' | 'apply';

/** Called with the block's element, whose place in the answer tells its number. */
export type OnCode = (act: CodeAct, code: string, element: HTMLElement) => void;

/** Lines that are drawn, and left out of drawing where they are not seen, together. */
const LINES = 40;
/** Characters of one line that are drawn; copying takes all. */
const DRAWN = 5_000;

export class CodeView {
  readonly element: HTMLElement;
  readonly #words: Words;
  readonly #title = make('span', { class: 'language' });
  readonly #code = make('code');
  readonly #scroll = make('pre', { tabindex: '0', role: 'group' }, this.#code);
  /** Markup of each drawn part. */
  readonly #drawn: string[] = [];
  #source = '';
  #colored: readonly string[] = [];
  #coloredSource = '';
  #pauseUntil = 0;

  constructor(words: Words, onCode: OnCode) {
    this.#words = words;
    const does = (name: string, act: CodeAct) =>
      button({ icon: name, label: words[act] }, () => {
        onCode(act, this.#source, this.element);
        if (act === 'copy') this.#sayCopied(copy);
      });
    const copy = does('copy', 'copy');
    const wrap = button({ icon: 'word-wrap', label: words.wrap }, () => {
      const isOn = this.element.classList.toggle('wrapped');
      wrap.setAttribute('aria-pressed', String(isOn));
    });
    wrap.setAttribute('aria-pressed', 'false');
    const acts = make(
      'div',
      { class: 'acts' },
      wrap,
      copy,
      does('insert', 'insert'),
      does('git-pull-request-go-to-changes', 'apply'),
    );
    const bar = make('div', { class: 'bar' }, this.#title, acts);
    this.element = make('div', { class: 'code' }, bar, this.#scroll);
  }

  /** While it grows, colours come at intervals that keep their cost at a tenth of the time; in between new text is plain. */
  update(code: string, language: string, isGrowing: boolean): void {
    setText(this.#title, language);
    this.#scroll.setAttribute('aria-label', language === '' ? this.#words.code : `${this.#words.code}: ${language}`);
    this.#source = code;
    const isPlain = !isKnown(language);
    if (isPlain) this.#draw(plain(code));
    else this.#draw(this.#color(code, language, isGrowing));
  }

  #color(code: string, language: string, isGrowing: boolean): readonly string[] {
    if (code === this.#coloredSource) return this.#colored;
    const started = performance.now();
    if (isGrowing && started < this.#pauseUntil && code.startsWith(this.#coloredSource)) {
      const [line = '', ...lines] = plain(code.slice(this.#coloredSource.length));
      return [...this.#colored.slice(0, -1), `${this.#colored.at(-1) ?? ''}${line}`, ...lines];
    }
    this.#colored = highlighted(code, language);
    this.#coloredSource = code;
    this.#pauseUntil = performance.now() + 10 * (performance.now() - started);
    return this.#colored;
  }

  /** Parts whose markup is as it was stay as they are. */
  #draw(lines: readonly string[]): void {
    const count = Math.ceil(lines.length / LINES);
    for (let index = 0; index < count; index++) {
      const part = lines.slice(index * LINES, (index + 1) * LINES);
      const markup = part.join('\n');
      if (this.#drawn[index] === markup) continue;
      this.#drawn[index] = markup;
      const element = this.#code.children[index] ?? this.#code.appendChild(make('div', { class: 'part' }));
      if (element instanceof HTMLElement) element.style.containIntrinsicBlockSize = `auto ${part.length * 1.45}em`;
      element.replaceChildren(...piecesOf(markup).flatMap(({ text, scope }) => elementsOf(text, scope)));
    }
    while (this.#code.children.length > count) this.#code.lastElementChild?.remove();
    this.#drawn.length = count;
  }

  #sayCopied(copy: HTMLButtonElement): void {
    copy.classList.add('is-done');
    copy.title = this.#words.copied;
    setTimeout(() => {
      copy.classList.remove('is-done');
      copy.title = this.#words.copy;
    }, 1_500);
  }
}

function elementsOf(text: string, scope: string): readonly Node[] {
  const nodes = shortened(text).flatMap((part) =>
    typeof part === 'number' ? [make('span', { class: 'mark' }, `… +${part}`)] : nodesOf(splitMarks(part, 'code')),
  );
  return scope === '' ? nodes : [make('span', { class: scope }, ...nodes)];
}

/** The text with what is too long of its lines as numbers of characters. */
function shortened(text: string): readonly (string | number)[] {
  if (text.length <= DRAWN) return [text];
  return text
    .split(/(?<=\n)/)
    .flatMap((line) => (line.length <= DRAWN ? [line] : [line.slice(0, DRAWN), line.length - DRAWN, '\n']));
}
