/** What stands between the conversation and the input when there is something to know: no model yet, one that loads, one that failed. */
import type { PageModel } from '../messages';
import { button, icon, make } from './dom';
import { fill, type Host } from './host';

type Loading = Extract<PageModel, { state: 'loading' }>;

export class Notice {
  readonly element = make('section', { class: 'notice' });
  readonly #host: Host;
  #model: PageModel | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.element.hidden = true;
  }

  update(model: PageModel | undefined): void {
    if (model === this.#model) return;
    const before = this.#model;
    this.#model = model;
    const isShown =
      model?.state === 'none' ||
      model?.state === 'loading' ||
      model?.state === 'failed' ||
      model?.state === 'restricted';
    this.element.hidden = !isShown;
    this.element.dataset.state = model?.state;
    if (model?.state === 'loading') {
      if (before?.state !== 'loading') this.element.replaceChildren(...loadingParts());
      this.#drawProgress(model);
    } else this.element.replaceChildren(...(isShown ? this.#partsOf(model) : []));
  }

  #partsOf(model: Extract<PageModel, { state: 'none' | 'failed' | 'restricted' }>): readonly HTMLElement[] {
    const { words, post } = this.#host;
    const acts = make('div', { class: 'acts' });
    if (model.state === 'restricted') {
      const look = { label: words.manageTrust, hasText: true, class: 'primary' };
      acts.append(button(look, () => post({ type: 'manageTrust' })));
      return [make('p', { role: 'alert' }, icon('shield'), model.sentence), acts];
    }
    const choose = button({ label: words.chooseModel, hasText: true }, () => post({ type: 'chooseModel' }));
    if (model.state === 'failed') {
      const restart = button({ label: words.restartModel, hasText: true, class: 'primary' }, () =>
        post({ type: 'restartModel' }),
      );
      const log = button({ label: words.showLog, hasText: true }, () => post({ type: 'showLog' }));
      acts.append(restart, choose, log);
      return [make('p', { role: 'alert' }, icon('error'), model.sentence), acts];
    }
    const { offer, sentences } = model;
    const parts = sentences.map((sentence) => make('p', {}, sentence));
    if (offer === undefined) choose.classList.add('primary');
    else {
      const look = { icon: 'cloud-download', label: offer.title, hasText: true, class: 'primary' };
      acts.append(button(look, () => post({ type: 'takeOffer' })));
      acts.append(make('p', { class: 'detail' }, offer.detail));
    }
    acts.append(choose);
    return [...parts, acts];
  }

  #drawProgress({ name, percent }: Loading): void {
    const text = fill(this.#host.words.loading, name, Math.round(percent));
    const [label, bar] = this.element.children;
    if (label === undefined || !(bar instanceof HTMLElement)) return;
    if (label.textContent !== text) label.textContent = text;
    bar.setAttribute('aria-valuenow', String(Math.round(percent)));
    bar.setAttribute('aria-label', text);
    const done = bar.firstElementChild;
    if (done instanceof HTMLElement) done.style.inlineSize = `${percent}%`;
  }
}

function loadingParts(): readonly HTMLElement[] {
  const range = { role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100' };
  return [make('p'), make('div', { class: 'progress', ...range }, make('div'))];
}
