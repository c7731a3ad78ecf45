/** What a model thought before it wrote: folded, and drawn only while it is open. */
import type { Words } from '../../messages';
import { icon, make, setText } from '../dom';
import { Body } from '../markdown/body';

export class Thought {
  readonly element = make('details', { class: 'thought' });
  readonly #words: Words;
  readonly #label = make('span');
  readonly #body: Body;
  #text = '';
  #isGrowing = false;

  constructor(words: Words) {
    this.#words = words;
    this.#body = new Body(words, () => undefined);
    this.element.append(make('summary', {}, icon('chevron-right'), this.#label), this.#body.element);
    this.element.addEventListener('toggle', () => this.#draw());
  }

  update(text: string, isGrowing: boolean): void {
    this.#text = text;
    this.#isGrowing = isGrowing;
    this.element.hidden = text === '';
    setText(this.#label, isGrowing ? this.#words.thinking : this.#words.thought);
    this.#draw();
  }

  #draw(): void {
    if (this.element.open) this.#body.update(this.#text, this.#isGrowing);
  }
}
