import assert from 'node:assert/strict';
import { BEGINNING, emptyConversation } from '../../../../src/chat/exchange';
import { markdownOf } from '../../../../src/chat/markdown';
import { t } from '../../../support/scriptedClient';

describe('markdownOf', () => {
  it('has questions as headings, what they were about as a list, and answers word by word', () => {
    const subject = { kind: 'file', uri: 'file:///a.ts' } as const;
    const attachments = [{ id: '1', label: 'a.ts', detail: 'src/a_b.ts', icon: 'file', subject }];
    const kept = {
      ...emptyConversation('c', 0),
      title: 'Why <b>?',
      exchanges: [
        {
          id: '1',
          question: { text: 'Why <b>?', attachments },
          answer: { ...BEGINNING, state: 'done' as const, text: '# So\n\n```ts\nlet a;\n```\n', model: 'M' },
        },
        {
          id: '2',
          question: { text: 'And\r\n# this?', attachments: [] },
          answer: { ...BEGINNING, state: 'stopped' as const, text: '```ts\nlet', notes: ['Cut.'] },
        },
        {
          id: '3',
          question: { text: 'Last', attachments: [] },
          answer: { ...BEGINNING, state: 'failed' as const, notes: ['No model.'] },
        },
      ],
    };
    assert.equal(
      markdownOf(kept, t),
      [
        '# Why \\<b\\>?',
        '## Why \\<b\\>?',
        'About:\n\n- src/a\\_b.ts',
        '# So\n\n```ts\nlet a;\n```\n',
        '*M*',
        '## And',
        '> And\n> # this?',
        '```ts\nlet\n```',
        '- Cut.',
        '## Last',
        '- No model.',
        '',
      ].join('\n\n'),
    );
  });
});
