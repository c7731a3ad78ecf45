/** The conversation. It stays at its end while the person is there, and never moves under one who reads further up. */
import type { Exchange } from '../../messages';
import { button, make, setText } from '../dom';
import type { Host } from '../host';
import type { State } from '../state';
import { AnswerView } from './answer';
import { QuestionView } from './question';

interface ExchangeView {
  readonly element: HTMLElement;
  readonly question: QuestionView;
  readonly answer: AnswerView;
  exchange: Exchange;
}

/** In CSS pixels: so near counts as at the end. */
const NEAR = 24;

export class Log {
  readonly element: HTMLElement;
  readonly #host: Host;
  readonly #title = make('h1', { class: 'unseen' });
  readonly #list = make('div', { class: 'exchanges' });
  readonly #scroll: HTMLElement;
  readonly #toEnd: HTMLButtonElement;
  readonly #views = new Map<string, ExchangeView>();
  #conversation = '';
  #isAtEnd = true;
  #lastTop = 0;

  constructor(host: Host) {
    this.#host = host;
    const label = host.words.minnow;
    // The page says itself what is worth saying (announcer.ts): a log that speaks of every change would never be silent.
    this.#scroll = make(
      'div',
      { class: 'log', role: 'log', 'aria-live': 'off', 'aria-label': label, tabindex: '0' },
      this.#title,
      this.#list,
    );
    this.#toEnd = button({ icon: 'arrow-down', label: host.words.toEnd, class: 'to-end' }, () => this.goToEnd());
    this.#toEnd.hidden = true;
    this.element = make('div', { class: 'log-frame' }, this.#scroll, this.#toEnd);
    this.#scroll.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.#listenToLinks();
    const observer = new ResizeObserver(() => this.#follow());
    observer.observe(this.#list);
    observer.observe(this.#scroll);
  }

  update(state: State): void {
    if (state.conversation !== this.#conversation) {
      this.#conversation = state.conversation;
      this.#isAtEnd = true;
    }
    setText(this.#title, state.title || this.#host.words.minnow);
    const ids = new Set(state.exchanges.map(({ id }) => id));
    for (const [id, { element }] of this.#views)
      if (!ids.has(id)) {
        element.remove();
        this.#views.delete(id);
      }
    for (const [index, exchange] of state.exchanges.entries()) this.#draw(exchange, index);
    this.#follow();
  }

  /** What was written last, for a screen reader. */
  spokenOf(id: string): string {
    return this.#views.get(id)?.answer.spoken ?? '';
  }

  goToEnd(): void {
    this.#isAtEnd = true;
    this.#follow();
    this.#scroll.focus({ preventScroll: true });
  }

  #draw(exchange: Exchange, index: number): void {
    const view = this.#views.get(exchange.id) ?? this.#made(exchange);
    const there = this.#list.children[index];
    if (there !== view.element) this.#list.insertBefore(view.element, there ?? null);
    if (view.exchange !== exchange) {
      view.exchange = exchange;
      view.question.update(exchange);
      view.answer.update(exchange.answer);
    }
  }

  #made(exchange: Exchange): ExchangeView {
    const question = new QuestionView(this.#host, exchange);
    const answer = new AnswerView(this.#host, exchange.id);
    answer.update(exchange.answer);
    const element = make('section', { class: 'exchange', 'data-id': exchange.id }, question.element, answer.element);
    const view = { element, question, answer, exchange };
    this.#views.set(exchange.id, view);
    return view;
  }

  #follow(): void {
    const { scrollHeight, clientHeight } = this.#scroll;
    if (this.#isAtEnd) {
      this.#scroll.scrollTop = scrollHeight;
      this.#lastTop = this.#scroll.scrollTop;
    }
    this.#toEnd.hidden = this.#isAtEnd || scrollHeight - clientHeight <= NEAR;
  }

  /** Only moving up leaves the end: growth moves the end away, not the person. */
  #onScroll(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
    const distance = scrollHeight - clientHeight - scrollTop;
    if (distance <= NEAR) this.#isAtEnd = true;
    else if (scrollTop < this.#lastTop - 1) this.#isAtEnd = false;
    this.#lastTop = scrollTop;
    this.#toEnd.hidden = this.#isAtEnd;
  }

  /** A link in an answer goes to the extension, which asks before opening it. */
  #listenToLinks(): void {
    const open = (event: Event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-href]') : null;
      if (link === null) return;
      event.preventDefault();
      this.#host.post({ type: 'openLink', href: link.dataset.href ?? '' });
    };
    this.#list.addEventListener('click', open);
    this.#list.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') open(event);
    });
  }
}
