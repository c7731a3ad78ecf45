/** The few numbers at the top. */
import { make } from '../chat/dom';
import type { Figure } from '../dashboardMessages';

export function figuresOf(figures: readonly Figure[]): readonly HTMLElement[] {
  return figures.map(({ label, value, detail }) =>
    make(
      'div',
      { class: 'figure' },
      make('dt', {}, label),
      make('dd', { class: 'value' }, value),
      make('dd', {}, detail),
    ),
  );
}
