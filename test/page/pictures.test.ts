/** Pictures for a person to look at, in .run/page: each state of the page in each kind of theme; and axe's rules on each. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ToPage } from '../../media/messages';
import { root } from '../support/server';
import { type ChatPage, openStudio, type Studio } from './lib/chatPage';
import { answer, conversation, exchange, longAnswer, ready } from './lib/messages';
import { type ThemeName, themes } from './lib/themes';

const chips = [
  { id: 'a', label: 'basket.ts:3-20', detail: 'src/basket.ts, lines 3 to 20', icon: 'file-code' },
  { id: 'b', label: 'Problems', detail: '3 problems of this file', icon: 'warning' },
];
const talk = `The \`total\` of a **basket** is wrong because prices are *strings*. See [the notes](docs/prices.md):

1. Read each price with \`Number\`.
2. Add them up, and round once.

\`\`\`ts title="basket.ts"
/** What all items cost, in cents. */
export function total(items: readonly Item[]): number {
  const sum = items.reduce((all, { price }) => all + Number(price), 0);
  return Math.round(sum * 100); // once, at the end
}
\`\`\`

| item | price | sold |
|:-----|------:|:----:|
| tea  | 3.20  | true |
| rice | 1.75  | false |

> A basket without items costs nothing.
`;
const asked = {
  ...exchange(
    '1',
    'Why is the total wrong?',
    answer(talk, {
      model: 'Qwen3.5 0.8B',
      tokensPerSecond: 43.2,
      thought: 'Prices…',
      notes: ['2 files did not fit: notes.txt, report.py.'],
    }),
  ),
  question: { text: 'Why is the total wrong?', chips },
};
const room: ToPage = { type: 'room', room: { used: 1410, of: 4096 } };
const busy: ToPage = {
  type: 'exchange',
  exchange: exchange(
    '2',
    'And with a discount of 10 %?',
    answer('A discount is taken off\n\n```python\ndef total(items):\n    return sum(', {
      state: 'writing',
      thought: 'The person wants a discount.',
    }),
  ),
  isBusy: true,
};
const offer = { title: 'Get Qwen3.5 0.8B', detail: '812 MB, about 2 minutes; needs 1.3 GB of memory' };
const sentences = [
  'Chat needs a model that was taught to follow instructions.',
  'Get the one that fits this machine best, or choose another.',
];
const past = [
  'Why is the total wrong?',
  'Explain the tide tables',
  'Write tests for Inventory',
  'A commit message',
].map((title, index) => ({
  id: `${index}`,
  title,
  when: ['5 minutes ago', 'Yesterday', 'Monday', '3 November'][index] ?? '',
  found: index === 1 ? '…the tide at **noon** is…' : '',
  isCurrent: index === 0,
}));
const files = ['basket.ts', 'point.ts', 'booking.go', 'Inventory.cs'].map((label) => ({
  insert: `@file:src/${label}`,
  label,
  detail: `src/${label}`,
  icon: 'file',
  goesOn: false,
}));

const states: Readonly<Record<string, (chat: ChatPage) => Promise<void>>> = {
  empty: (chat) => chat.tell(ready, { type: 'chips', chips: chips.slice(0, 1) }, room),
  'no-model': (chat) => chat.tell({ type: 'model', model: { state: 'none', sentences, offer } }),
  loading: (chat) =>
    chat.tell(conversation(asked), { type: 'model', model: { state: 'loading', name: 'Qwen3.5 0.8B', percent: 42 } }),
  failed: (chat) =>
    chat.tell(
      {
        type: 'model',
        model: {
          state: 'failed',
          name: 'Qwen3.5 0.8B',
          sentence: 'The model needs 5.1 GB of memory and 2.0 GB are free. Choose a smaller one.',
        },
      },
      conversation(
        exchange(
          '1',
          'Hello?',
          answer('', { state: 'failed', notes: ['The model did not load. Choose a smaller one.'] }),
        ),
        exchange(
          '2',
          'And now?',
          answer('I think that', {
            state: 'broken',
            canContinue: true,
            notes: ['The model ended before the answer was whole.'],
          }),
        ),
      ),
    ),
  answered: async (chat) => {
    await chat.tell(ready, room, conversation(asked));
    await chat.page.locator('.code').hover();
  },
  long: async (chat) => {
    await chat.tell(
      ready,
      room,
      conversation(exchange('1', 'Write much', answer(longAnswer(300), { state: 'writing' }))),
    );
    await chat.page.mouse.move(200, 300);
    await chat.page.mouse.wheel(0, -900);
    await chat.page.getByRole('button', { name: 'To the End' }).waitFor();
  },
  streaming: (chat) => chat.tell(ready, room, conversation(asked), busy),
  editing: async (chat) => {
    await chat.tell(ready, conversation(asked));
    await chat.page.getByRole('button', { name: 'Edit Question' }).click();
  },
  history: async (chat) => {
    await chat.tell(ready, conversation(asked), { type: 'showHistory' });
    await chat.tell({ type: 'history', request: 1, items: past });
    await chat.page.keyboard.press('ArrowDown');
  },
  suggestions: async (chat) => {
    await chat.tell(ready, room, conversation(asked));
    await chat.page.locator('#input').pressSequentially('Look at @file');
    const request = (await chat.last('suggest'))?.request ?? 0;
    await chat.tell({ type: 'suggestions', request, items: files });
  },
};

describe('pictures', () => {
  let studio: Studio;
  const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');
  before(async () => {
    studio = await openStudio();
  });
  after(() => studio?.close());

  for (const theme of Object.keys(themes) as ThemeName[])
    for (const [name, show] of Object.entries(states))
      it(`${theme}: ${name}`, async () => {
        const chat = await studio.open({ theme });
        await show(chat);
        await chat.shoot(`${name}-${theme}`);
        assert.deepEqual(await findings(chat, axe), []);
        await chat.page.close();
      });

  for (const width of [200, 1100])
    it(`${width} px wide`, async () => {
      const chat = await studio.open({ width });
      for (const name of ['answered', 'suggestions', 'no-model'] as const) {
        await states[name]?.(chat);
        await chat.shoot(`${name}-${width}`);
        assert.equal(await chat.page.evaluate('document.documentElement.scrollWidth'), width);
      }
      await chat.page.close();
    });
});

/** What axe has to say against the page, in words. */
async function findings(chat: ChatPage, axe: string): Promise<readonly string[]> {
  await chat.page.evaluate(axe);
  // ARIA in HTML knows no multi-line combobox, though editors with completion need one; the role is there only while the list is open.
  return chat.page.evaluate(`axe.run(document, { rules: { region: { enabled: false } } }).then(({ violations }) =>
    violations.flatMap((v) => v.nodes.filter((n) => v.id !== 'aria-allowed-role' || n.target[0] !== '#input').map((n) => v.id + ': ' + n.target.join(' ') + ' ' + n.failureSummary)))`);
}
