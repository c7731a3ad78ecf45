/** One chart with its title, what it says, and its numbers. */
import { make, setText } from '../chat/dom';
import type { Chart, DashboardWords } from '../dashboardMessages';
import { configurationOf, Drawing, heightOf } from './drawing';
import { spokenRow, tableOf } from './table';
import { coloursNow } from './theme';

export class Card {
  readonly element: HTMLElement;
  readonly #title = make('h2');
  readonly #summary = make('p');
  readonly #canvas = make('canvas', { tabindex: '0', role: 'img' });
  readonly #frame = make('div', { class: 'frame' }, this.#canvas);
  readonly #spoken = make('p', { class: 'unseen', role: 'status' });
  readonly #table = make('div', { class: 'table' });
  #drawing: Drawing<'bar' | 'line', (number | null)[], string> | undefined;
  #chart: Chart;
  /** Where the arrow keys are. */
  #at: number | undefined;

  constructor(
    chart: Chart,
    private readonly words: DashboardWords,
  ) {
    this.#chart = chart;
    const id = `chart-${chart.id}`;
    this.#title.id = id;
    // A table that is wider than its card is scrolled by keys.
    const scroller = make(
      'div',
      { class: 'scroller', tabindex: '0', role: 'group', 'aria-labelledby': id },
      this.#table,
    );
    const numbers = make('details', {}, make('summary', {}, words.table), scroller);
    this.element = make('section', { class: 'card', 'aria-labelledby': id, 'data-chart': chart.id });
    this.element.append(this.#title, this.#summary, this.#frame, this.#spoken, numbers);
    this.#canvas.addEventListener('keydown', (event) => this.#press(event));
    this.#canvas.addEventListener('blur', () => this.#point(undefined));
  }

  /** What has not changed stays as it is: somebody may be reading, or marking, the numbers. */
  update(chart: Chart): void {
    if (this.#drawing !== undefined && JSON.stringify(chart) === JSON.stringify(this.#chart)) return;
    this.#chart = chart;
    setText(this.#title, chart.title);
    setText(this.#summary, chart.summary);
    this.#canvas.setAttribute('aria-label', `${chart.title}. ${chart.summary} ${this.words.keys}`);
    this.#table.replaceChildren(tableOf(chart));
    this.redraw();
  }

  /** Draws anew, with the theme's colours as they are now. Only once it is in the page: its size is the page's. */
  redraw(): void {
    this.#frame.style.minBlockSize = `${heightOf(this.#chart)}px`;
    const configuration = configurationOf(this.#chart, coloursNow(), document.documentElement.lang);
    if (this.#drawing === undefined) this.#drawing = new Drawing(this.#canvas, configuration);
    else {
      this.#drawing.data = configuration.data;
      if (configuration.options) this.#drawing.options = configuration.options;
      this.#drawing.update('none');
    }
    if (this.#at !== undefined) this.#point(Math.min(this.#at, this.#chart.labels.length - 1));
  }

  dispose(): void {
    this.#drawing?.destroy();
    this.element.remove();
  }

  #press(event: KeyboardEvent): void {
    const last = this.#chart.labels.length - 1;
    const at = this.#at ?? -1;
    const places: Readonly<Record<string, number | undefined>> = {
      ArrowRight: Math.min(last, at + 1),
      ArrowDown: Math.min(last, at + 1),
      ArrowLeft: this.#at === undefined ? last : Math.max(0, at - 1),
      ArrowUp: this.#at === undefined ? last : Math.max(0, at - 1),
      Home: 0,
      End: last,
    };
    const to = places[event.key];
    if (event.key !== 'Escape' && to === undefined) return;
    event.preventDefault();
    this.#point(to);
    if (to !== undefined) setText(this.#spoken, spokenRow(this.#chart, to));
  }

  /** Shows the values of one label, as the mouse does. */
  #point(at: number | undefined): void {
    this.#at = at;
    const drawing = this.#drawing;
    if (drawing === undefined) return;
    const active =
      at === undefined
        ? []
        : this.#chart.series.flatMap(({ values }, datasetIndex) =>
            values[at] === null || values[at] === undefined ? [] : [{ datasetIndex, index: at }],
          );
    drawing.setActiveElements(active);
    drawing.tooltip?.setActiveElements(active, { x: 0, y: 0 });
    drawing.update('none');
  }
}
