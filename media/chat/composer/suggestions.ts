/** The list behind `@` and `/`: a listbox whose row is chosen from the input (ARIA's combobox pattern), which keeps the focus. */
import type { Suggestion } from '../../messages';
import { icon, make } from '../dom';

const ROW = 'suggestion-';

export class Suggestions {
  readonly element: HTMLElement;
  readonly #input: HTMLTextAreaElement;
  readonly #take: (suggestion: Suggestion) => void;
  #items: readonly Suggestion[] = [];
  #chosen = 0;

  constructor(input: HTMLTextAreaElement, label: string, take: (suggestion: Suggestion) => void) {
    this.#input = input;
    this.#take = take;
    this.element = make('div', { class: 'suggestions', role: 'listbox', id: 'suggestions', 'aria-label': label });
    this.element.hidden = true;
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', 'suggestions');
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  show(items: readonly Suggestion[]): void {
    this.#items = items;
    this.element.replaceChildren(...items.map((item, index) => this.#row(item, index)));
    this.element.hidden = items.length === 0;
    this.#tellInput(items.length > 0);
    this.#choose(0);
  }

  close(): void {
    if (this.isOpen) this.show([]);
  }

  /** Whether the key was for the list. */
  press(key: string): boolean {
    const last = this.#items.length - 1;
    const to: Readonly<Record<string, number>> = {
      ArrowDown: this.#chosen === last ? 0 : this.#chosen + 1,
      ArrowUp: this.#chosen === 0 ? last : this.#chosen - 1,
      PageDown: Math.min(last, this.#chosen + 8),
      PageUp: Math.max(0, this.#chosen - 8),
    };
    const chosen = to[key];
    if (chosen !== undefined) this.#choose(chosen);
    else if (key === 'Enter' || key === 'Tab') this.#takeChosen();
    else if (key === 'Escape') this.close();
    else return false;
    return true;
  }

  /** A combobox is of one line to a screen reader, so the input is one only while the list is open. */
  #tellInput(isOpen: boolean): void {
    if (isOpen) {
      this.#input.setAttribute('role', 'combobox');
      this.#input.setAttribute('aria-expanded', 'true');
    } else {
      this.#input.removeAttribute('role');
      this.#input.removeAttribute('aria-expanded');
    }
  }

  #takeChosen(): void {
    const item = this.#items[this.#chosen];
    if (item !== undefined) this.#take(item);
  }

  #choose(index: number): void {
    this.#chosen = index;
    for (const [each, row] of [...this.element.children].entries())
      row.setAttribute('aria-selected', String(each === index));
    const row = this.element.children[index];
    if (row === undefined) this.#input.removeAttribute('aria-activedescendant');
    else this.#input.setAttribute('aria-activedescendant', row.id);
    row?.scrollIntoView({ block: 'nearest' });
  }

  #row(item: Suggestion, index: number): HTMLElement {
    const texts = [
      make('span', { class: 'label', dir: 'auto' }, item.label),
      make('span', { class: 'detail' }, item.detail),
    ];
    const row = make('div', { role: 'option', id: `${ROW}${index}`, title: item.detail }, icon(item.icon), ...texts);
    // On pressing, so that the input keeps the focus.
    row.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.#take(item);
    });
    return row;
  }
}
