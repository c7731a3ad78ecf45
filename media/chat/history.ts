/** The conversations of before, over the page: searched, opened, deleted. */
import type { Past, ToPage } from '../messages';
import { button, isComposing, make } from './dom';
import { fill, type Host } from './host';

export class History {
  readonly element: HTMLElement;
  readonly #host: Host;
  readonly #search: HTMLInputElement;
  readonly #list = make('ul', { class: 'past' });
  readonly #nothing: HTMLElement;
  /** Says what was deleted, and takes that back. */
  readonly #undo = make('div', { class: 'undo', role: 'status' });
  readonly #onClose: () => void;
  #request = 0;
  #items: readonly Past[] = [];
  /** What was deleted here is not shown again by an answer that was under way. */
  readonly #deleted = new Set<string>();
  /** The one that was deleted last. */
  #undeletable: string | undefined;
  #returnTo: Element | null = null;

  /** `onClose` is called when it is left without opening anything that takes the focus. */
  constructor(host: Host, onClose: () => void) {
    const { words } = host;
    this.#host = host;
    this.#onClose = onClose;
    this.#search = make('input', {
      type: 'search',
      placeholder: words.searchHistory,
      'aria-label': words.searchHistory,
    });
    this.#nothing = make('p', { class: 'nothing', role: 'status' });
    const back = button({ icon: 'arrow-left', label: words.back }, () => this.close());
    const fresh = button({ icon: 'add', label: words.newChat }, () => {
      host.post({ type: 'newChat' });
      this.#leave();
    });
    const head = make('header', {}, back, make('h2', {}, words.history), fresh);
    const label = { role: 'dialog', 'aria-modal': 'true', 'aria-label': words.history };
    this.element = make(
      'section',
      { class: 'history', ...label },
      head,
      this.#search,
      this.#undo,
      this.#nothing,
      this.#list,
    );
    this.element.hidden = true;
    this.#search.addEventListener('input', () => this.#ask());
    this.element.addEventListener('keydown', (event) => this.#press(event));
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    if (!this.isOpen) this.#returnTo = document.activeElement;
    this.#deleted.clear();
    this.#forgetDeleted();
    this.#search.value = '';
    this.element.hidden = false;
    for (const other of this.#others()) other.inert = true;
    this.#ask();
    this.#search.focus();
  }

  /** Something else takes the focus. */
  leave(): void {
    if (this.isOpen) this.#hide();
  }

  /** Gives the focus back to where it was. */
  close(): void {
    const to = this.#returnTo;
    this.#hide();
    if (to instanceof HTMLElement && to !== document.body && to.isConnected) to.focus();
    else this.#onClose();
  }

  /** Of an answer to an older request nothing is shown. */
  hear({ request, items }: Extract<ToPage, { type: 'history' }>): void {
    if (request < this.#request) return;
    this.#items = items.filter(({ id }) => !this.#deleted.has(id));
    this.#draw();
  }

  #leave(): void {
    this.#hide();
    this.#onClose();
  }

  #hide(): void {
    this.element.hidden = true;
    for (const other of this.#others()) other.inert = false;
  }

  #others(): readonly HTMLElement[] {
    return [...(this.element.parentElement?.querySelectorAll<HTMLElement>(':scope > main') ?? [])];
  }

  #ask(): void {
    this.#host.post({ type: 'searchHistory', request: ++this.#request, query: this.#search.value });
  }

  #draw(): void {
    const at = this.#focusedRow();
    this.#list.replaceChildren(...this.#items.map((past) => this.#row(past)));
    this.#nothing.textContent = this.#items.length === 0 ? this.#host.words.noHistory : '';
    if (at >= 0) this.#focus(Math.min(at, this.#items.length - 1));
  }

  #row(past: Past): HTMLElement {
    const { words, post } = this.#host;
    const open = make('button', { type: 'button', class: 'open', 'data-id': past.id });
    if (past.isCurrent) open.setAttribute('aria-current', 'true');
    open.append(make('span', { class: 'title', dir: 'auto' }, past.title), make('span', { class: 'when' }, past.when));
    if (past.found !== '') open.append(make('span', { class: 'found', dir: 'auto' }, past.found));
    open.addEventListener('click', () => {
      post({ type: 'open', id: past.id });
      this.#leave();
    });
    const label = `${words.delete}: ${past.title}`;
    return make(
      'li',
      {},
      open,
      button({ icon: 'trash', label }, () => this.#delete(past.id)),
    );
  }

  #delete(id: string): void {
    const at = this.#items.findIndex((past) => past.id === id);
    this.#host.post({ type: 'delete', id });
    this.#deleted.add(id);
    const { title = '' } = this.#items[at] ?? {};
    this.#items = this.#items.filter((past) => past.id !== id);
    this.#offerUndo(id, title);
    this.#draw();
    this.#focus(Math.min(at, this.#items.length - 1));
    this.#ask();
  }

  /** Ctrl+Z in the list does the same as the button. */
  #offerUndo(id: string, title: string): void {
    const { words } = this.#host;
    const undo = button({ label: words.undo, hasText: true }, () => this.#undelete());
    this.#undo.replaceChildren(make('span', { dir: 'auto' }, fill(words.deleted, title)), undo);
    this.#undeletable = id;
  }

  #undelete(): void {
    const id = this.#undeletable;
    if (id === undefined) return;
    this.#forgetDeleted();
    this.#deleted.delete(id);
    this.#host.post({ type: 'undelete', id });
    this.#search.focus();
  }

  #forgetDeleted(): void {
    this.#undeletable = undefined;
    this.#undo.replaceChildren();
  }

  #rows(): readonly HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('.open')];
  }

  /** -1 when the focus is elsewhere. */
  #focusedRow(): number {
    const focused = document.activeElement;
    return focused instanceof HTMLElement ? this.#rows().indexOf(focused) : -1;
  }

  #focus(row: number): void {
    (this.#rows()[row] ?? this.#search).focus();
  }

  #press(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    const at = this.#focusedRow();
    const id = this.#items[at]?.id;
    if (event.key === 'Escape') this.close();
    else if (event.key === 'ArrowDown') this.#focus(Math.min(at + 1, this.#items.length - 1));
    else if (event.key === 'ArrowUp' && at >= 0) this.#focus(at - 1);
    else if (event.key === 'z' && (event.ctrlKey || event.metaKey) && at >= 0) this.#undelete();
    else if (event.key === 'Delete' && id !== undefined) this.#delete(id);
    else if (event.key === 'Enter' && document.activeElement === this.#search) this.#rows()[0]?.click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
