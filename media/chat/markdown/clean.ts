/** The one way from markup to elements: what is not on these lists is taken out, and what could not be seen is marked. */
import purify from 'dompurify';
import { make } from '../dom';
import { fill } from '../host';
import { splitMarks } from './marks';

const text = [
  'p',
  'br',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'em',
  'strong',
  's',
  'a',
  'code',
  'pre',
  'blockquote',
];
const lists = ['ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td'];

/** `linkWord`: what to say of a link, `{0}` its target. */
export function cleanedMarkup(markup: string, linkWord: string): DocumentFragment {
  const fragment = purify.sanitize(markup, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: [...text, ...lists],
    ALLOWED_ATTR: ['data-href', 'class', 'start'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
  for (const link of fragment.querySelectorAll<HTMLElement>('a')) decorateLink(link, linkWord);
  for (const table of fragment.querySelectorAll('table')) wrapTable(table);
  markTexts(fragment);
  return fragment;
}

function decorateLink(link: HTMLElement, word: string): void {
  const href = link.dataset.href ?? '';
  const shown = readable(href);
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
  link.title = word.includes('{0}') ? fill(word, shown) : shown;
}

/** A target as a person can read it, and without marks that would show it in another order. */
function readable(href: string): string {
  return splitMarks(href, 'code')
    .map((part) => (typeof part === 'string' ? part : part.name))
    .join('');
}

/** A wide table scrolls by itself, with the keyboard too. */
function wrapTable(table: HTMLTableElement): void {
  const frame = make('div', { class: 'table', tabindex: '0', role: 'group' });
  table.replaceWith(frame);
  frame.append(table);
}

function markTexts(fragment: DocumentFragment): void {
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node instanceof Text) found.push(node);
  for (const node of found) {
    // The code of a block is read from its element later, so its characters must be its own.
    if (node.parentElement?.closest('pre')) continue;
    const parts = splitMarks(node.data, node.parentElement?.closest('code') ? 'code' : 'text');
    if (parts.some((part) => typeof part !== 'string')) node.replaceWith(...nodesOf(parts));
  }
}

export function nodesOf(parts: ReturnType<typeof splitMarks>): readonly Node[] {
  return parts.map((part) =>
    typeof part === 'string'
      ? document.createTextNode(part)
      : make('span', { class: 'mark', title: part.name }, part.shown),
  );
}
