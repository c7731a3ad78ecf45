/** Names the model that answers, and lets another be chosen. */
import type { PageModel } from '../../messages';
import { icon, make, setText } from '../dom';
import { fill, type Host } from '../host';

export class ModelButton {
  readonly element = make('button', { type: 'button', class: 'model' });
  readonly #host: Host;
  readonly #name = make('span', { class: 'name' });
  #model: PageModel | undefined;

  constructor(host: Host) {
    this.#host = host;
    this.element.append(this.#name, icon('chevron-down'));
    this.element.addEventListener('click', () => host.post({ type: 'chooseModel' }));
    this.#show(host.words.chooseModel, host.words.chooseModel);
  }

  update(model: PageModel | undefined): void {
    if (model === this.#model || model === undefined) return;
    this.#model = model;
    const { words } = this.#host;
    this.element.dataset.state = model.state;
    if (model.state === 'none' || model.name === '') this.#show(words.chooseModel, words.chooseModel);
    else this.#show(model.name, [model.name, this.#wordOf(model), words.chooseModel].filter(Boolean).join('. '));
  }

  #wordOf(model: PageModel): string {
    const { words } = this.#host;
    if (model.state === 'asleep') return fill(words.asleep, model.name);
    if (model.state === 'loading') return fill(words.loading, model.name, Math.round(model.percent));
    return model.state === 'failed' ? model.sentence : '';
  }

  #show(name: string, whole: string): void {
    setText(this.#name, name);
    this.element.title = whole;
    this.element.setAttribute('aria-label', whole);
  }
}
