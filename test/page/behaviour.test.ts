/** What a person does with the page, mostly by keys, and what the extension hears of it. */
import assert from 'node:assert/strict';
import { type ChatPage, openStudio, type Studio } from './lib/chatPage';
import { answer, conversation, exchange, ready } from './lib/messages';

const code = 'Use this:\n\n```ts\nlet a = 1;\n```\n\n- or:\n  ```py\n  b = 2\n  ```\n\n[notes](docs/notes.md)';
const file = (label: string, goesOn = false) => ({
  insert: `@file:${label}`,
  label,
  detail: `src/${label}`,
  icon: 'file',
  goesOn,
});
const chip = (id: string) => ({ id, label: `${id}.ts`, detail: `src/${id}.ts`, icon: 'file' });

describe('the page', () => {
  let studio: Studio;
  let chat: ChatPage;
  const input = () => chat.page.locator('#input');
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => chat.page.keyboard.press(key)), Promise.resolve());
  const focused = () =>
    chat.page.evaluate<string>(
      "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent",
    );
  const said = (role: string) =>
    chat.page.evaluate<string>(`document.querySelector('.unseen[role=${role}]').textContent`);
  const types = async () => (await chat.posted()).map(({ type }) => type);

  before(async () => {
    studio = await openStudio();
  });
  beforeEach(async () => {
    chat = await studio.open();
    await chat.tell(
      ready,
      conversation(exchange('1', 'First question', answer(code, { model: 'M', tokensPerSecond: 12 }))),
    );
    await input().focus();
  });
  afterEach(async () => {
    assert.deepEqual([await chat.violations(), chat.faults], [[], []]);
    await chat.page.close();
  });
  after(() => studio?.close());

  it('asks with Enter, breaks the line with Shift+Enter, and asks nothing that is empty', async () => {
    await press('Enter');
    assert.equal(await chat.last('ask'), undefined);
    await input().pressSequentially('one');
    await press('Shift+Enter');
    await input().pressSequentially('two');
    await press('Enter');
    assert.deepEqual(await chat.last('ask'), { type: 'ask', text: 'one\ntwo' });
    assert.equal(await input().inputValue(), '');
    await press('ArrowUp');
    assert.equal(await input().inputValue(), 'one\ntwo');
  });

  it('does not ask within a composition', async () => {
    const cdp = await chat.page.context().newCDPSession(chat.page);
    await cdp.send('Input.imeSetComposition', { text: 'かん', selectionStart: 2, selectionEnd: 2 });
    await chat.page.evaluate(
      "document.getElementById('input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))",
    );
    assert.equal(await chat.last('ask'), undefined);
    await cdp.send('Input.insertText', { text: '漢' });
    await press('Enter');
    assert.equal((await chat.last('ask'))?.text, '漢');
  });

  it('stops with Escape and with the button, and keeps what is typed meanwhile', async () => {
    await chat.tell({
      type: 'exchange',
      exchange: exchange('2', 'q', answer('x', { state: 'writing' })),
      isBusy: true,
    });
    await input().pressSequentially('next');
    await press('Enter');
    assert.equal(await chat.last('ask'), undefined);
    assert.equal(await input().inputValue(), 'next');
    await press('Escape');
    await chat.page.getByRole('button', { name: 'Stop' }).click();
    assert.equal((await types()).filter((type) => type === 'stop').length, 2);
  });

  it('keeps what is typed over reloading, a question that is being changed too', async () => {
    await input().pressSequentially('half a thou');
    await chat.page.getByRole('button', { name: 'Edit Question' }).click();
    await chat.page.keyboard.type(' changed');
    await chat.page.reload();
    await chat.tell(conversation(exchange('1', 'First question', answer('x'))));
    assert.equal(await input().inputValue(), 'half a thou');
    assert.equal(await chat.page.locator('.editor textarea').inputValue(), 'First question changed');
  });

  it('changes a question in its place: Escape leaves it, Enter asks it', async () => {
    const edit = chat.page.getByRole('button', { name: 'Edit Question' });
    await edit.click();
    await chat.page.keyboard.type('!');
    await press('Escape');
    assert.equal(await focused(), 'Edit Question');
    assert.equal(await chat.last('edit'), undefined);
    await edit.click();
    await chat.page.keyboard.type('?');
    await press('Enter');
    assert.deepEqual(await chat.last('edit'), { type: 'edit', id: '1', text: 'First question?' });
  });

  it('acts on code blocks by number, with the keyboard', async () => {
    await chat.page.getByRole('button', { name: 'Insert at Cursor' }).first().focus();
    await press('Enter', 'Tab');
    assert.equal(await focused(), 'Apply to File');
    await press('Enter');
    await chat.page.getByRole('button', { name: 'Insert at Cursor' }).nth(1).press('Enter');
    const acts = (await chat.posted()).filter(({ type }) => type === 'insert' || type === 'apply');
    assert.deepEqual(acts, [
      { type: 'insert', id: '1', block: 0, code: 'let a = 1;' },
      { type: 'apply', id: '1', block: 0, code: 'let a = 1;' },
      { type: 'insert', id: '1', block: 1, code: 'b = 2' },
    ]);
    await chat.page.locator('.code').first().getByRole('button', { name: 'Copy' }).press('Enter');
    assert.deepEqual(await chat.last('copy'), { type: 'copy', text: 'let a = 1;' });
    const opacity = "getComputedStyle(document.querySelector('.code .acts')).opacity";
    assert.equal(await chat.page.evaluate(opacity), '1');
    const wrap = chat.page.locator('.code').first().getByRole('button', { name: 'Wrap Lines' });
    await wrap.press('Enter');
    assert.equal(await wrap.getAttribute('aria-pressed'), 'true');
  });

  it('copies exactly what the model wrote, hidden characters included', async () => {
    await chat.tell(conversation(exchange('9', 'q', answer('```js\r\nlet a = "\u202e";\r\n\tb();\r\n```'))));
    await chat.page.locator('.code').getByRole('button', { name: 'Copy' }).press('Enter');
    assert.equal((await chat.last('copy'))?.text, 'let a = "\u202e";\n\tb();');
  });

  it('retries, goes on, copies an answer, and opens links by asking', async () => {
    await chat.page.getByRole('button', { name: 'Answer Again' }).click();
    assert.deepEqual(await chat.last('retry'), { type: 'retry', id: '1' });
    await chat.page.locator('footer').getByRole('button', { name: 'Copy' }).click();
    assert.equal((await chat.last('copy'))?.text, code);
    const link = chat.page.getByRole('link', { name: 'notes' });
    assert.equal(await link.getAttribute('title'), 'Open docs/notes.md');
    await link.press('Enter');
    await link.click();
    assert.equal((await types()).filter((type) => type === 'openLink').length, 2);
    assert.deepEqual(await chat.last('openLink'), { type: 'openLink', href: 'docs/notes.md' });
    await chat.tell(conversation(exchange('2', 'q', answer('half', { state: 'broken', canContinue: true }))));
    await chat.page.getByRole('button', { name: 'Continue' }).click();
    assert.deepEqual(await chat.last('continue'), { type: 'continue', id: '2' });
  });

  it('completes behind @ with the keyboard, and drops answers to older requests', async () => {
    await input().pressSequentially('see @ba');
    const ask = await chat.last('suggest');
    assert.deepEqual([ask?.kind, ask?.query], ['@', 'ba']);
    const request = ask?.request ?? 0;
    await chat.tell({ type: 'suggestions', request: request - 1, items: [file('old.ts')] });
    assert.equal(await chat.page.getByRole('listbox').isVisible(), false);
    await chat.tell({ type: 'suggestions', request, items: [file('basket.ts'), file('bar.ts'), file('', true)] });
    await press('ArrowDown');
    const active = await input().getAttribute('aria-activedescendant');
    assert.equal(await chat.page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
    assert.equal(await input().getAttribute('aria-expanded'), 'true');
    await press('Tab');
    assert.equal(await input().inputValue(), 'see @file:bar.ts ');
    assert.equal(await chat.page.getByRole('listbox').isVisible(), false);
  });

  it('closes the list with Escape before it stops anything, and goes on behind a kind', async () => {
    await chat.tell({
      type: 'exchange',
      exchange: exchange('2', 'q', answer('x', { state: 'writing' })),
      isBusy: true,
    });
    await input().pressSequentially('@fi');
    const tell = async (...items: readonly ReturnType<typeof file>[]) =>
      chat.tell({ type: 'suggestions', request: (await chat.last('suggest'))?.request ?? 0, items });
    await tell(file('', true));
    await press('Enter');
    assert.equal(await input().inputValue(), '@file:');
    assert.equal((await chat.last('suggest'))?.query, 'file:');
    await tell(file('basket.ts'));
    await press('Escape');
    assert.equal(await chat.last('stop'), undefined);
    await press('Escape');
    assert.deepEqual(await chat.last('stop'), { type: 'stop' });
  });

  it('removes chips by key and opens them', async () => {
    await chat.tell({ type: 'chips', chips: [chip('a'), chip('b')] });
    await press('Shift+Tab', 'Shift+Tab');
    assert.equal(await focused(), 'b.ts');
    await press('Enter');
    assert.deepEqual(await chat.last('openChip'), { type: 'openChip', id: 'b' });
    await press('Delete');
    assert.deepEqual(await chat.last('removeChip'), { type: 'removeChip', id: 'b' });
    await chat.tell({ type: 'chips', chips: [chip('a')] });
    assert.equal(await focused(), 'a.ts');
    await chat.page.getByRole('button', { name: 'Remove: a.ts' }).click();
    await chat.tell({ type: 'chips', chips: [] });
    assert.deepEqual(await chat.last('removeChip'), { type: 'removeChip', id: 'a' });
  });

  it('says that it writes, then the answer once, and failures at once', async () => {
    const now = (state: 'waiting' | 'writing' | 'done', text: string) =>
      chat.tell({ type: 'exchange', exchange: exchange('2', 'q', answer(text, { state })), isBusy: state !== 'done' });
    await now('waiting', '');
    assert.match(await said('status'), /Waiting/);
    await now('writing', 'The');
    await now('writing', 'The answer');
    assert.equal(await said('status'), 'Writing…');
    await now('done', 'The answer is *here*.');
    assert.match(await said('status'), /^Answer: The answer is here\./);
    await chat.tell({ type: 'exchange', exchange: exchange('3', 'q', answer('', { state: 'waiting' })), isBusy: true });
    await chat.tell({
      type: 'exchange',
      exchange: exchange('3', 'q', answer('', { state: 'failed', notes: ['It did not load.'] })),
      isBusy: false,
    });
    assert.equal(await said('alert'), 'It did not load.');
  });
});
