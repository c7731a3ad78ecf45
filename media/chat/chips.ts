/** Chips: what a question is about. */
import type { Chip } from '../messages';
import { icon, make } from './dom';

export interface ChipActs {
  readonly open: (id: string) => void;
  /** Without it they stay. */
  readonly remove?: { readonly act: (id: string) => void; readonly label: string };
}

/** List items; Delete and Backspace remove the one that has the focus, which goes to its neighbour then. */
export function chipList(chips: readonly Chip[], acts: ChipActs): readonly HTMLElement[] {
  return chips.map((chip) => {
    const open = make('button', { type: 'button', class: 'chip-open', title: chip.detail }, icon(chip.icon));
    open.append(make('span', { dir: 'auto' }, chip.label));
    open.addEventListener('click', () => acts.open(chip.id));
    const item = make('li', { class: 'chip', 'data-id': chip.id }, open);
    const { remove } = acts;
    if (remove === undefined) return item;
    const label = `${remove.label}: ${chip.label}`;
    const close = make(
      'button',
      { type: 'button', class: 'chip-remove', title: label, 'aria-label': label },
      icon('close'),
    );
    close.addEventListener('click', () => remove.act(chip.id));
    item.append(close);
    item.addEventListener('keydown', (event) => {
      if (event.key !== 'Delete' && event.key !== 'Backspace') return;
      event.preventDefault();
      remove.act(chip.id);
    });
    return item;
  });
}
