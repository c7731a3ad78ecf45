/** How full the context is, as a ring. */
import type { Room, Words } from '../../messages';
import { make } from '../dom';
import { fill } from '../host';

const SVG = 'http://www.w3.org/2000/svg';
/** The circumference, so that a length is a percentage. */
const AROUND = 100;
const NEARLY_FULL = 90;

export class Ring {
  readonly element = make('div', { class: 'ring', role: 'meter', 'aria-valuemin': '0', 'aria-valuemax': '100' });
  readonly #arc: SVGElement;
  readonly #words: Words;

  constructor(words: Words) {
    this.#words = words;
    const svg = shape('svg', { viewBox: '0 0 38 38', 'aria-hidden': 'true' });
    this.#arc = circle('arc');
    svg.append(circle('track'), this.#arc);
    this.element.append(svg);
    this.element.hidden = true;
  }

  update(room: Room | undefined): void {
    this.element.hidden = room === undefined || room.of <= 0;
    if (room === undefined || room.of <= 0) return;
    const percent = Math.min(100, Math.round((room.used / room.of) * 100));
    const number = new Intl.NumberFormat(document.documentElement.lang || 'en');
    const text = fill(this.#words.room, number.format(room.used), number.format(room.of), percent);
    this.#arc.setAttribute('stroke-dasharray', `${percent} ${AROUND}`);
    this.element.classList.toggle('is-full', percent >= NEARLY_FULL);
    this.element.setAttribute('aria-valuenow', String(percent));
    this.element.setAttribute('aria-valuetext', text);
    this.element.setAttribute('aria-label', text);
    this.element.title = text;
  }
}

function circle(name: string): SVGElement {
  return shape('circle', { class: name, cx: '19', cy: '19', r: '15', pathLength: String(AROUND) });
}

function shape(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
