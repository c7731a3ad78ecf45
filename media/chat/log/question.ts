/** A question as it was asked, with what it was about; it can be changed in its place. */
import type { Exchange } from '../../messages';
import { chipList } from '../chips';
import { button, isComposing, make, setText } from '../dom';
import type { Host } from '../host';

export class QuestionView {
  readonly element: HTMLElement;
  readonly #host: Host;
  readonly #text = make('div', { class: 'text', dir: 'auto' });
  readonly #chips = make('ul', { class: 'chips' });
  readonly #edit: HTMLButtonElement;
  readonly #bubble: HTMLElement;
  #exchange: Exchange;
  #form: HTMLElement | undefined;

  constructor(host: Host, exchange: Exchange) {
    this.#host = host;
    this.#exchange = exchange;
    this.#edit = button({ icon: 'edit', label: host.words.edit, class: 'edit' }, () =>
      this.edit(this.#exchange.question.text),
    );
    this.#bubble = make('div', { class: 'bubble' }, this.#text, this.#chips, this.#edit);
    this.element = make('article', { class: 'question', 'aria-label': host.words.you }, this.#bubble);
    this.update(exchange);
    if (host.kept.edit?.id === exchange.id) this.edit(host.kept.edit.text);
  }

  update(exchange: Exchange): void {
    const { question, id } = exchange;
    if (this.#exchange.question !== question || this.#chips.childElementCount === 0) {
      const open = (chip: string) => this.#host.post({ type: 'openChip', id: chip, exchange: id });
      this.#chips.replaceChildren(...chipList(question.chips, { open }));
      this.#chips.hidden = question.chips.length === 0;
    }
    this.#exchange = exchange;
    setText(this.#text, question.text);
  }

  /** Opens the question for changing. Enter asks it, Escape leaves it as it was. */
  edit(text: string): void {
    if (this.#form !== undefined) return;
    const { words } = this.#host;
    const field = make('textarea', { 'aria-label': words.edit, dir: 'auto', rows: '1' });
    field.value = text;
    const send = button({ icon: 'send', label: words.send, hasText: true, class: 'primary' }, () =>
      this.#send(field.value),
    );
    const cancel = button({ label: words.cancel, hasText: true }, () => this.#close());
    this.#form = make('div', { class: 'editor' }, field, make('div', { class: 'acts' }, cancel, send));
    field.addEventListener('keydown', (event) => {
      if (isComposing(event)) return;
      if (event.key === 'Escape') this.#close();
      else if (event.key === 'Enter' && !event.shiftKey) this.#send(field.value);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    field.addEventListener('input', () => this.#host.keep({ edit: { id: this.#exchange.id, text: field.value } }));
    this.#bubble.hidden = true;
    this.element.append(this.#form);
    this.#host.keep({ edit: { id: this.#exchange.id, text } });
    field.focus();
  }

  #send(text: string): void {
    if (text.trim() === '') return;
    this.#host.post({ type: 'edit', id: this.#exchange.id, text });
    this.#close();
  }

  #close(): void {
    this.#form?.remove();
    this.#form = undefined;
    this.#bubble.hidden = false;
    this.#host.dropEdit();
    this.#edit.focus();
  }
}
