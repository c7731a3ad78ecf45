/** An answer: what the model thinks and writes, what is to be said of it, and what can be done with it. */
import type { Answer } from '../../messages';
import { button, icon, make, setText } from '../dom';
import { fish } from '../fish';
import { fill, type Host } from '../host';
import { Body } from '../markdown/body';
import type { CodeAct } from '../markdown/codeView';
import { isGoingOn } from '../state';
import { Thought } from './thought';

export class AnswerView {
  readonly element: HTMLElement;
  readonly #host: Host;
  readonly #id: string;
  readonly #body: Body;
  readonly #thought: Thought;
  readonly #status = make('span', { class: 'status' });
  readonly #notes = make('ul', { class: 'notes' });
  readonly #goOn: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #facts = make('span', { class: 'facts' });
  readonly #foot: HTMLElement;
  #answer: Answer | undefined;

  constructor(host: Host, id: string) {
    this.#host = host;
    this.#id = id;
    const { words, post } = host;
    this.#body = new Body(words, (act, code, element) => this.#onCode(act, code, element));
    this.#thought = new Thought(words);
    this.#copy = button({ icon: 'copy', label: words.copy }, () =>
      post({ type: 'copy', text: this.#answer?.text ?? '' }),
    );
    const retry = button({ icon: 'refresh', label: words.retry }, () => post({ type: 'retry', id }));
    this.#goOn = button({ icon: 'debug-continue', label: words.goOn, hasText: true, class: 'go-on' }, () =>
      post({ type: 'continue', id }),
    );
    this.#foot = make('footer', {}, this.#goOn, make('span', { class: 'acts' }, this.#copy, retry), this.#facts);
    const speaker = make('span', { class: 'speaker' }, fish(), words.minnow);
    const head = make('header', {}, speaker, this.#status);
    const parts = [head, this.#thought.element, this.#body.element, this.#notes, this.#foot];
    this.element = make('article', { class: 'answer', 'aria-label': words.minnow }, ...parts);
  }

  update(answer: Answer): void {
    if (answer === this.#answer) return;
    const isGrowing = isGoingOn(answer);
    this.#drawStatus(answer, isGrowing);
    this.#thought.update(answer.thought, answer.state === 'thinking');
    this.#body.update(answer.text, isGrowing);
    this.#drawNotes(answer);
    this.#foot.hidden = isGrowing;
    this.#goOn.hidden = !answer.canContinue;
    this.#copy.hidden = answer.text === '';
    setText(this.#facts, factsOf(answer, this.#host));
    this.element.setAttribute('aria-busy', String(isGrowing));
    this.element.dataset.state = answer.state;
    this.#answer = answer;
  }

  /** What a screen reader shall say of the finished answer. */
  get spoken(): string {
    return this.#body.element.textContent ?? '';
  }

  #drawStatus({ state, percent }: Answer, isGrowing: boolean): void {
    const { words } = this.#host;
    const said: Partial<Record<Answer['state'], string>> = {
      waiting: words.waiting,
      reading: fill(words.reading, percent === undefined ? 0 : Math.round(percent)),
      thinking: words.thinking,
      writing: words.writing,
      stopped: words.stopped,
      broken: words.broken,
    };
    const text = said[state] ?? '';
    if (this.#answer?.state !== state) {
      const sign = isGrowing ? [icon('loading')] : [];
      this.#status.replaceChildren(...sign, make('span', {}, text));
    }
    const shown = this.#status.querySelector('span');
    if (shown !== null) setText(shown, text);
  }

  #drawNotes({ notes, state }: Answer): void {
    if (notes === this.#answer?.notes && state === this.#answer.state) return;
    const sign = state === 'failed' ? 'error' : 'info';
    const items = notes.map((note) => make('li', { dir: 'auto' }, icon(sign), make('span', {}, note)));
    this.#notes.replaceChildren(...items);
    this.#notes.hidden = notes.length === 0;
  }

  #onCode(act: CodeAct, code: string, element: HTMLElement): void {
    const block = [...this.#body.element.querySelectorAll('.code')].indexOf(element);
    if (act === 'copy') this.#host.post({ type: 'copy', text: code });
    else this.#host.post({ type: act, id: this.#id, block, code });
  }
}

/** `SmolLM2 · 43 tokens/s`. */
function factsOf({ model, tokensPerSecond }: Answer, { words }: Host): string {
  const speed = tokensPerSecond ?? 0;
  const number = new Intl.NumberFormat(document.documentElement.lang || 'en', {
    maximumFractionDigits: speed < 10 ? 1 : 0,
  });
  return [model ?? '', speed > 0 ? fill(words.tokensPerSecond, number.format(speed)) : ''].filter(Boolean).join(' · ');
}
