/** The numbers of a chart as a table: for those who cannot see it, and for those who want to know exactly. */
import { make } from '../chat/dom';
import type { Chart } from '../dashboardMessages';

export function tableOf({ title, of, labels, series, more }: Chart): HTMLTableElement {
  const columns = [...series.map(({ name, shown }) => ({ name, cells: shown })), ...more];
  const heads = [of, ...columns.map(({ name }) => name)].map((name) => make('th', { scope: 'col' }, name));
  const rows = labels.map((label, index) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, label),
      ...columns.map(({ cells }) => make('td', {}, cells[index] ?? '')),
    ),
  );
  return make(
    'table',
    {},
    make('caption', { class: 'unseen' }, title),
    make('thead', {}, make('tr', {}, ...heads)),
    make('tbody', {}, ...rows),
  );
}

/** What stands in one row, in words. */
export function spokenRow({ labels, series, more }: Chart, index: number): string {
  const cells = [
    ...series.map(({ name, shown }) => `${name} ${shown[index] ?? ''}`),
    ...more.map(({ name, cells }) => `${name} ${cells[index] ?? ''}`),
  ];
  return `${labels[index] ?? ''}: ${cells.join(', ')}`;
}
