/** History, the state of the model, dropped files, thoughts, and how full the context is. */
import assert from 'node:assert/strict';
import type { Past } from '../../media/messages';
import { type ChatPage, openStudio, type Studio } from './lib/chatPage';
import { answer, conversation, exchange, ready } from './lib/messages';
import { words } from './lib/words';

const past = (id: string): Past => ({ id, title: `Chat ${id}`, when: 'Today', found: '', isCurrent: false });

describe('the page shows', () => {
  let studio: Studio;
  let chat: ChatPage;
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => chat.page.keyboard.press(key)), Promise.resolve());
  const focused = () =>
    chat.page.evaluate<string>(
      "document.activeElement.dataset.id || document.activeElement.id || document.activeElement.getAttribute('aria-label') || ''",
    );

  before(async () => {
    studio = await openStudio();
  });
  beforeEach(async () => {
    chat = await studio.open();
  });
  afterEach(async () => {
    assert.deepEqual([await chat.violations(), chat.faults], [[], []]);
    await chat.page.close();
  });
  after(() => studio?.close());

  it('the focus goes on at the input when the button that was pressed goes away', async () => {
    await chat.tell(ready, conversation(exchange('1', 'First question', answer('x'))));
    const retry = chat.page.getByRole('button', { name: words.retry });
    await retry.focus();
    await press('Enter');
    assert.deepEqual(await chat.last('retry'), { type: 'retry', id: '1' });
    await chat.tell(conversation(exchange('2', 'First question', answer('', { state: 'waiting' }))));
    assert.equal(await focused(), 'input');
    const broken = answer('half', { state: 'broken', canContinue: true });
    await chat.tell(conversation(exchange('3', 'q', broken)));
    await chat.page.getByRole('button', { name: words.goOn }).focus();
    await press('Enter');
    const going = exchange('3', 'q', answer('half', { state: 'waiting' }));
    await chat.tell({ type: 'exchange', exchange: going, isBusy: true });
    assert.equal(await focused(), 'input');
  });

  it('the history: searched, deleted and opened by keys; the focus goes back to where it was', async () => {
    await chat.tell(ready, { type: 'focus' }, { type: 'showHistory' });
    assert.equal(await focused(), 'Search chats');
    await chat.page.keyboard.type('tide');
    const search = await chat.last('searchHistory');
    assert.equal(search?.query, 'tide');
    await chat.tell({ type: 'history', request: (search?.request ?? 0) - 1, items: [past('old')] });
    assert.equal(await chat.page.getByText('Chat old').count(), 0);
    await chat.tell({ type: 'history', request: search?.request ?? 0, items: [past('a'), past('b'), past('c')] });
    await press('ArrowDown', 'ArrowDown');
    assert.equal(await focused(), 'b');
    await press('Delete');
    assert.deepEqual(await chat.last('delete'), { type: 'delete', id: 'b' });
    assert.equal(await focused(), 'c');
    await chat.tell({
      type: 'history',
      request: (await chat.last('searchHistory'))?.request ?? 0,
      items: [past('a'), past('b'), past('c')],
    });
    assert.equal(await chat.page.locator('.past').getByText('Chat b').count(), 0);
    await chat.page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await chat.last('undelete'), { type: 'undelete', id: 'b' });
    assert.equal(await focused(), 'Search chats');
    const all = [past('a'), past('b'), past('c')];
    await chat.tell({ type: 'history', request: (await chat.last('searchHistory'))?.request ?? 0, items: all });
    assert.equal(await chat.page.locator('.past').getByText('Chat b').count(), 1);
    assert.equal(await chat.page.getByRole('button', { name: 'Undo' }).count(), 0);
    await chat.tell({ type: 'focus' });
    assert.equal(await chat.page.getByRole('dialog').count(), 0);
    await chat.tell({ type: 'showHistory' });
    await press('Escape');
    assert.equal(await focused(), 'input');
    await chat.tell({ type: 'showHistory' });
    await chat.tell({ type: 'history', request: (await chat.last('searchHistory'))?.request ?? 0, items: [past('a')] });
    await press('ArrowDown', 'Enter');
    assert.deepEqual(await chat.last('open'), { type: 'open', id: 'a' });
    assert.equal(await focused(), 'input');
    assert.equal(await chat.page.evaluate("document.querySelector('main').inert"), false);
  });

  it('that there is no model, and what to do; what is typed is not lost', async () => {
    const offer = { title: 'Get Tiny', detail: '80 MB' };
    await chat.tell({ type: 'model', model: { state: 'none', sentences: ['One.', 'Two.'], offer } });
    await chat.page.locator('#input').pressSequentially('hello');
    await press('Enter');
    assert.equal(await chat.last('ask'), undefined);
    assert.equal(await chat.page.locator('#input').inputValue(), 'hello');
    await chat.page.getByRole('button', { name: 'Get Tiny' }).click();
    assert.deepEqual(await chat.last('takeOffer'), { type: 'takeOffer' });
    await chat.page.locator('.notice').getByRole('button', { name: 'Choose Model' }).click();
    assert.deepEqual(await chat.last('chooseModel'), { type: 'chooseModel' });
  });

  it('a model that loads, sleeps, failed', async () => {
    await chat.tell({ type: 'model', model: { state: 'loading', name: 'M', percent: 41.7 } });
    assert.equal(await chat.page.getByRole('progressbar').getAttribute('aria-valuenow'), '42');
    await chat.tell({ type: 'model', model: { state: 'asleep', name: 'M' } });
    assert.equal(await chat.page.getByRole('progressbar').count(), 0);
    assert.match((await chat.page.locator('.model').getAttribute('title')) ?? '', /is not loaded/);
    await chat.tell({ type: 'model', model: { state: 'failed', name: 'M', sentence: 'It broke.' } });
    await chat.page.getByRole('button', { name: 'Restart' }).click();
    await chat.page.getByRole('button', { name: 'Show Log' }).click();
    assert.deepEqual((await chat.posted()).slice(-2), [{ type: 'restartModel' }, { type: 'showLog' }]);
  });

  it('that files can be dropped, and names them', async () => {
    const fire = (type: string) =>
      chat.page.evaluate(`(() => {
      const data = new DataTransfer();
      data.setData('text/uri-list', 'file:///a.ts\\r\\nfile:///b');
      document.querySelector('.composer').dispatchEvent(new DragEvent('${type}', { dataTransfer: data, bubbles: true, cancelable: true }));
    })()`);
    await fire('dragenter');
    assert.equal(await chat.page.locator('.drop-zone').isVisible(), true);
    await fire('drop');
    assert.equal(await chat.page.locator('.drop-zone').isVisible(), false);
    assert.deepEqual(await chat.last('drop'), { type: 'drop', uris: ['file:///a.ts', 'file:///b'] });
  });

  it('how much is read, thoughts that unfold, and how full the context is', async () => {
    const now = (more: Parameters<typeof answer>[1]) =>
      chat.tell({ type: 'exchange', exchange: exchange('1', 'q', answer('', more)), isBusy: true });
    await now({ state: 'reading', percent: 37.2 });
    assert.equal(await chat.page.locator('.status').textContent(), 'Reading 37%');
    await now({ state: 'thinking', thought: 'I *think*' });
    assert.equal(await chat.page.locator('summary').textContent(), 'Thinking…');
    assert.equal(await chat.page.locator('.thought em').count(), 0);
    await chat.page.locator('summary').press('Enter');
    assert.equal(await chat.page.locator('.thought em').textContent(), 'think');
    await now({ state: 'writing', thought: 'I *think*' });
    assert.equal(await chat.page.locator('summary').textContent(), 'Thought');
    await chat.tell({ type: 'room', room: { used: 1000, of: 4000 } });
    const ring = chat.page.getByRole('meter');
    assert.equal(await ring.getAttribute('aria-valuenow'), '25');
    assert.equal(await ring.getAttribute('aria-valuetext'), 'Context: 1,000 of 4,000 tokens');
    await chat.tell({ type: 'room', room: undefined });
    assert.equal(await ring.isVisible(), false);
  });

  it('a text that is put in, before what was typed', async () => {
    await chat.page.locator('#input').pressSequentially('mine');
    await chat.tell({ type: 'focus', text: '/fix ' });
    assert.equal(await chat.page.locator('#input').inputValue(), '/fix mine');
    assert.equal(await focused(), 'input');
  });

  it('another conversation in place of the one before', async () => {
    await chat.tell(conversation(exchange('1', 'one', answer('x'))));
    await chat.tell({ type: 'conversation', id: 'c2', title: 'Other', exchanges: [], isBusy: false });
    assert.equal(await chat.page.locator('.exchange').count(), 0);
    assert.equal(await chat.page.getByRole('heading', { name: 'Ask about your code' }).isVisible(), true);
  });
});
