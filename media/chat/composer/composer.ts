/** Where a question is typed. */
import type { Suggestion, ToPage } from '../../messages';
import { chipList } from '../chips';
import { button, isComposing, make } from '../dom';
import type { Host } from '../host';
import type { State } from '../state';
import { ModelButton } from './modelButton';
import { type Query, queryAt, withSuggestion, withText } from './query';
import { Ring } from './ring';
import { Suggestions } from './suggestions';

/** States of the model in which nothing can be asked. */
const UNABLE: readonly string[] = ['none', 'restricted'];

export class Composer {
  readonly element: HTMLElement;
  readonly #host: Host;
  readonly #input: HTMLTextAreaElement;
  readonly #chips = make('ul', { class: 'chips' });
  readonly #suggestions: Suggestions;
  readonly #ring: Ring;
  readonly #model: ModelButton;
  readonly #send: HTMLButtonElement;
  readonly #stop: HTMLButtonElement;
  #state: State | undefined;
  #query: Query | undefined;
  /** Number of the last request for suggestions; answers to older ones are dropped. */
  #request = 0;
  /** Asked in this page and not yet told back. */
  #asked = '';

  constructor(host: Host) {
    const { words, post } = host;
    this.#host = host;
    this.#input = make('textarea', { id: 'input', rows: '1', dir: 'auto', spellcheck: 'true' });
    this.#input.value = host.kept.draft;
    this.#suggestions = new Suggestions(this.#input, words.ask, (item) => this.#take(item));
    this.#ring = new Ring(words);
    this.#model = new ModelButton(host);
    this.#send = button({ icon: 'send', label: words.send, class: 'send' }, () => this.#ask());
    this.#stop = button({ icon: 'debug-stop', label: words.stop, class: 'send stop' }, () => {
      post({ type: 'stop' });
      this.#input.focus();
    });
    const row = make('div', { class: 'tools' }, this.#model.element, this.#ring.element, this.#send, this.#stop);
    const box = make('div', { class: 'box' }, this.#chips, this.#input, row);
    this.element = make('form', { class: 'composer', 'aria-label': words.ask }, this.#suggestions.element, box);
    this.element.addEventListener('submit', (event) => event.preventDefault());
    box.addEventListener('pointerdown', (event) => {
      if (event.target !== box && event.target !== row) return;
      event.preventDefault();
      this.#input.focus();
    });
    this.#listen();
  }

  update(state: State): void {
    const { words } = this.#host;
    const label = state.exchanges.length === 0 ? words.ask : words.askFollowUp;
    if (this.#input.placeholder !== label) {
      this.#input.placeholder = label;
      this.#input.setAttribute('aria-label', label);
    }
    if (state.chips !== this.#state?.chips) this.#drawChips(state);
    if (state.room !== this.#state?.room) this.#ring.update(state.room);
    this.#model.update(state.model);
    if (state.exchanges.at(-1)?.question.text === this.#asked) this.#asked = '';
    const hadFocus = document.activeElement === this.#send || document.activeElement === this.#stop;
    this.#send.hidden = state.isBusy;
    this.#stop.hidden = !state.isBusy;
    this.#state = state;
    this.#enable();
    if (hadFocus && !document.activeElement?.matches('.send')) this.#input.focus();
  }

  hear(message: Extract<ToPage, { type: 'suggestions' | 'focus' }>): void {
    if (message.type === 'focus') {
      if (message.text !== undefined) this.#set(withText(this.#input.value, message.text));
      this.focus();
    } else if (message.request === this.#request && this.#query !== undefined) this.#suggestions.show(message.items);
  }

  focus(): void {
    this.#input.focus();
  }

  #drawChips({ chips }: State): void {
    const focused = document.activeElement?.closest('.chip');
    const at = focused ? [...this.#chips.children].indexOf(focused) : -1;
    const open = (id: string) => this.#host.post({ type: 'openChip', id });
    const act = (id: string) => this.#host.post({ type: 'removeChip', id });
    this.#chips.replaceChildren(...chipList(chips, { open, remove: { act, label: this.#host.words.remove } }));
    this.#chips.hidden = chips.length === 0;
    if (at < 0) return;
    const next = this.#chips.children[Math.min(at, chips.length - 1)]?.querySelector('button');
    (next ?? this.#input).focus();
  }

  #listen(): void {
    const input = this.#input;
    input.addEventListener('keydown', (event) => {
      if (isComposing(event) || !this.#press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    input.addEventListener('input', () => {
      this.#changed();
      this.#suggest();
    });
    input.addEventListener('click', () => this.#suggest());
    input.addEventListener('keyup', ({ key }) => {
      if (/^(Arrow(Left|Right)|Home|End)$/.test(key)) this.#suggest();
    });
    input.addEventListener('blur', () => this.#suggestions.close());
  }

  /** Whether the key was taken. */
  #press({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    const isPlain = !shiftKey && !ctrlKey && !metaKey && !altKey;
    if (isPlain && this.#suggestions.isOpen && this.#suggestions.press(key)) return true;
    if (key === 'Enter' && !shiftKey && !altKey) this.#ask();
    else if (key === 'Escape' && this.#state?.isBusy) this.#host.post({ type: 'stop' });
    else if (key === 'ArrowUp' && isPlain && this.#input.value === '') return this.#recall();
    else return false;
    return true;
  }

  #recall(): boolean {
    const last = this.#asked || this.#state?.exchanges.at(-1)?.question.text;
    if (last === undefined) return false;
    this.#set(last);
    return true;
  }

  /** While an answer is being written, or without a model, what is typed stays. */
  #ask(): void {
    const text = this.#input.value;
    if (!this.#canAsk()) return;
    this.#asked = text;
    this.#host.post({ type: 'ask', text });
    this.#set('');
    this.#suggestions.close();
  }

  #canAsk(): boolean {
    return (
      this.#input.value.trim() !== '' &&
      this.#state?.isBusy !== true &&
      !UNABLE.includes(this.#state?.model?.state ?? '')
    );
  }

  #enable(): void {
    this.#send.setAttribute('aria-disabled', String(!this.#canAsk()));
  }

  #set(text: string, cursor = text.length): void {
    this.#input.value = text;
    this.#input.setSelectionRange(cursor, cursor);
    this.#changed();
  }

  #changed(): void {
    this.#host.keep({ draft: this.#input.value });
    this.#enable();
  }

  #suggest(): void {
    const { value, selectionStart, selectionEnd } = this.#input;
    this.#query = selectionStart === selectionEnd ? queryAt(value, selectionStart) : undefined;
    this.#request++;
    if (this.#query === undefined) this.#suggestions.close();
    else {
      const { kind, query } = this.#query;
      this.#host.post({ type: 'suggest', request: this.#request, kind, query });
    }
  }

  #take(item: Suggestion): void {
    if (this.#query === undefined) return;
    const { text, cursor } = withSuggestion(this.#input.value, this.#input.selectionStart, this.#query, item);
    this.#set(text, cursor);
    this.#suggestions.close();
    this.#suggest();
  }
}
