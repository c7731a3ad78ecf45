/** Entry of the chat page. */
import './style/page.css';
import { Announcer } from './announcer';
import { Composer } from './composer/composer';
import { inFrame, make } from './dom';
import { dropZone } from './dropZone';
import { emptiness } from './emptiness';
import { History } from './history';
import { onMessage, openHost } from './host';
import { Log } from './log/log';
import { Notice } from './notice';
import { beginning, next } from './state';

function start(page: HTMLElement): void {
  const host = openHost();
  const log = new Log(host);
  const notice = new Notice(host);
  const composer = new Composer(host);
  const history = new History(host, () => composer.focus());
  const announcer = new Announcer(host.words);
  const main = make('main', {}, emptiness(host.words), log.element, notice.element, composer.element);
  page.replaceChildren(main, history.element, announcer.element, dropZone(host, page));

  let state = beginning;
  const draw = inFrame(() => {
    const wasInLog = log.element.contains(document.activeElement) && document.hasFocus();
    page.dataset.empty = String(state.exchanges.length === 0);
    page.dataset.busy = String(state.isBusy);
    page.dataset.model = state.model?.state ?? '';
    log.update(state);
    notice.update(state.model);
    composer.update(state);
    announcer.update(state, (id) => log.spokenOf(id));
    // A question that is asked again takes its place, and its buttons away: whoever pressed one goes on at the input.
    if (wasInLog && isFocusLost()) composer.focus();
  });
  onMessage((message) => {
    if (message.type === 'focus') history.leave();
    if (message.type === 'suggestions' || message.type === 'focus') composer.hear(message);
    else if (message.type === 'history') history.hear(message);
    else if (message.type === 'showHistory') history.open();
    else {
      state = next(state, message);
      draw();
    }
  });
  page.addEventListener('keydown', ({ key, defaultPrevented }) => {
    if (key === 'Escape' && !defaultPrevented && state.isBusy) host.post({ type: 'stop' });
  });
  draw();
  host.post({ type: 'ready' });
}

/** The focus is nowhere, or on what is not shown any more. */
function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || activeElement.closest('[hidden]') !== null;
}

const page = document.getElementById('chat');
if (page === null) throw new Error('The page has no place for the chat.');
start(page);
