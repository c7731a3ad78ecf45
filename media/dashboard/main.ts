/** Entry of the dashboard's page. */
import './style/dashboard.css';
import { button, inFrame, make, setText } from '../chat/dom';
import type { Chart, DashboardData } from '../dashboardMessages';
import { Card } from './card';
import { figuresOf } from './figures';
import { Head } from './head';
import { type Host, onData, openHost } from './host';
import { onThemeChange } from './theme';

function start(page: HTMLElement): void {
  const host = openHost();
  const { words } = host;
  const head = new Head(host);
  const off = offNotice(host);
  const empty = make('section', { class: 'empty', hidden: '' }, make('h2'), make('p'));
  const figures = make('dl', { class: 'figures', 'aria-label': words.figures });
  const charts = make('div', { class: 'charts' });
  page.replaceChildren(make('main', {}, head.element, off, empty, figures, charts));

  const cards = new Map<Chart['id'], Card>();
  let told = '';
  onData((data) => {
    head.update(data.range);
    off.hidden = data.isOn;
    showEmpty(empty, data, host);
    figures.hidden = data.isEmpty;
    if (told !== JSON.stringify(data.figures)) figures.replaceChildren(...figuresOf(data.figures));
    told = JSON.stringify(data.figures);
    showCharts(data.charts, { cards, charts, host });
    page.dataset.drawn = data.range;
  });
  const redraw = inFrame(() => {
    for (const card of cards.values()) card.redraw();
  });
  onThemeChange(redraw);
  host.post({ type: 'ready' });
}

function offNotice({ words, post }: Host): HTMLElement {
  const open = button({ label: words.openSetting, hasText: true }, () => post({ type: 'openSetting' }));
  return make('section', { class: 'off', hidden: '' }, make('p', {}, words.off), open);
}

function showEmpty(element: HTMLElement, { isEmpty, isNew }: DashboardData, { words }: Host): void {
  element.hidden = !isEmpty;
  const [title, hint] = element.children;
  if (title) setText(title, isNew ? words.emptyTitle : words.emptyRange);
  if (hint) setText(hint, isNew ? words.emptyHint : '');
}

interface Place {
  readonly cards: Map<Chart['id'], Card>;
  readonly charts: HTMLElement;
  readonly host: Host;
}

/** Cards stay where they are while there is something in them: whoever is in one stays there. */
function showCharts(charts: readonly Chart[], place: Place): void {
  for (const [id, card] of place.cards)
    if (!charts.some((chart) => chart.id === id)) {
      card.dispose();
      place.cards.delete(id);
    }
  for (const [index, chart] of charts.entries()) {
    const card = place.cards.get(chart.id) ?? new Card(chart, place.host.words);
    place.cards.set(chart.id, card);
    const before = place.charts.children[index];
    if (before !== card.element) place.charts.insertBefore(card.element, before ?? null);
    card.update(chart);
  }
}

const page = document.getElementById('dashboard');
if (page === null) throw new Error('The page has no place for the dashboard.');
start(page);
