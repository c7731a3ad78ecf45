/** The page's head: its title, the choice of time, what can be done. */
import { button, make } from '../chat/dom';
import { RANGES, type Range } from '../dashboardMessages';
import type { Host } from './host';

export class Head {
  readonly element: HTMLElement;
  readonly #ranges = new Map<Range, HTMLInputElement>();

  constructor({ words, post }: Host) {
    const choices = RANGES.map((range) => {
      const input = make('input', { type: 'radio', name: 'range', value: range });
      input.addEventListener('change', () => post({ type: 'range', range }));
      this.#ranges.set(range, input);
      return make('label', {}, input, make('span', {}, words.ranges[range]));
    });
    const ranges = make(
      'fieldset',
      { class: 'ranges' },
      make('legend', { class: 'unseen' }, words.rangeLabel),
      ...choices,
    );
    const acts = make(
      'div',
      { class: 'acts' },
      button({ label: words.export, hasText: true }, () => post({ type: 'export' })),
      button({ label: words.reset, hasText: true }, () => post({ type: 'reset' })),
    );
    const title = make('div', { class: 'title' }, make('h1', {}, words.title), make('p', {}, words.promise));
    this.element = make('header', {}, title, make('div', { class: 'bar' }, ranges, acts));
  }

  update(range: Range): void {
    const input = this.#ranges.get(range);
    if (input) input.checked = true;
  }
}
