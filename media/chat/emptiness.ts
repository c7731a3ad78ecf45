/** What a conversation shows before its first question. */
import type { Words } from '../messages';
import { make } from './dom';
import { fish } from './fish';

export function emptiness(words: Words): HTMLElement {
  return make('section', { class: 'empty' }, fish(), make('h1', {}, words.emptyTitle), make('p', {}, words.emptyHint));
}
