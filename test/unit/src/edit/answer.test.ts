import assert from 'node:assert/strict';
import { type AnswerOptions, answerLines } from '../../../../src/edit/answer';

const old = ['  const a = 1;', '  return a;'];
const readme = ['# Title', '', '```js', 'run();', '```', '', 'Some words about it.'];
const fence = '```';

type Options = Partial<AnswerOptions>;
const table: readonly (readonly [what: string, raw: string, text: string, options?: Options])[] = [
  ['plain code', '  const b = 1;\n  return b;', '  const b = 1;\n  return b;'],
  ['a fence', `${fence}ts\n  const b = 1;\n${fence}`, '  const b = 1;'],
  ['an unclosed fence', `${fence}ts\n  const b = 1;\n  return b;`, '  const b = 1;\n  return b;'],
  ['tildes', '~~~\n  const b = 1;\n~~~\nDone.', '  const b = 1;'],
  ['an indented fence', `  ${fence}ts\n  const b = 1;\n  ${fence}`, '  const b = 1;'],
  ['a fence with a path', `${fence}ts src/a.ts {1,2}\n  const b = 1;\n${fence}`, '  const b = 1;'],
  ['a language line in a fence', `${fence}\ntypescript\n  const b = 1;\n${fence}`, '  const b = 1;'],
  ['a language line without a fence', 'python\n  b = 1', '  b = 1'],
  ['chatter before', `Here is the updated code:\n\n${fence}ts\n  const b = 1;\n${fence}`, '  const b = 1;'],
  ['chatter before, without a fence', 'Sure! Here is the code:\n\n  const b = 1;', '  const b = 1;'],
  [
    'any sentence before a fence',
    `The variable is renamed everywhere.\n${fence}\n  const b = 1;\n${fence}`,
    '  const b = 1;',
  ],
  [
    'chatter after',
    `${fence}\n  const b = 1;\n${fence}\n\nThis renames it.\n${fence}\nother\n${fence}`,
    '  const b = 1;',
  ],
  [
    'chatter after, without a fence',
    '  const b = 1;\n\nThis code renames the variable.\n\n- a is b.\n',
    '  const b = 1;',
  ],
  ['a sentence that is code after all', '  x = """\n\nThis is a text.\n  """;', '  x = """\n\nThis is a text.\n  """;'],
  ['a thought', '<think>\nconst c;\n```\n</think>\n\n  const b = 1;', '  const b = 1;'],
  ['a thought that the prompt opened', 'hm ```\n</think>\n  const b = 1;', '  const b = 1;', { openedThought: true }],
  ['a thought without end', '<think>\n  const b = 1;\n', ''],
  ['a fence that the prompt opened', `  const b = 1;\n${fence}\nDone.`, '  const b = 1;', { openedFence: 3 }],
  ['a fence at the end only', `  const b = 1;\n${fence}`, '  const b = 1;'],
  ['CRLF', `${fence}\r\n  const b = 1;\r\n  b();\r\n${fence}\r\n`, '  const b = 1;\n  b();'],
  ['nothing', ' \n\n', ''],
  ['an empty fence', `${fence}\n${fence}`, ''],
  ['a missing indentation', 'const b = 1;\nif (b) {\n  b();\n}', '  const b = 1;\n  if (b) {\n    b();\n  }'],
  ['a missing indentation of one line', 'const b = 1;', '  const b = 1;'],
  [
    'a missing indentation of the first line',
    'const b = 1;\n  return a;\n  x();',
    '  const b = 1;\n  return a;\n  x();',
  ],
  ['too much indentation', '      const a = 1;\n      return b;', '  const a = 1;\n  return b;'],
  ['lines wrapped in a block', '  if (x) {\n    const a = 1;\n  }', '  if (x) {\n    const a = 1;\n  }'],
  ['tabs', 'f();\ng();\nh();', '\t\tf();\n\t\tg();\n\t\th();', { old: ['\t\tf();', '\t\tx();'] }],
  ['an empty line to fill', 'f();\ng();', '    f();\n    g();', { old: [''], indentation: '    ' }],
  [
    'empty lines at the edges stay those of the document',
    '\n\nb();\n\n\n',
    '\nb();\n\n',
    { old: ['', 'a();', '', ''] },
  ],
  ['comments that read as chatter', '// Here is the code:\nf();', '// Here is the code:\nf();', { old: ['f();'] }],
  [
    'a line of the document that reads as chatter',
    'Note: this is it.\nmore',
    'Note: this is it.\nmore',
    { old: ['Note: this is it.'] },
  ],
  ['Markdown without a fence', readme.join('\n'), readme.join('\n'), { old: readme }],
  ['Markdown in a fence', [`${fence}markdown`, ...readme, fence].join('\n'), readme.join('\n'), { old: readme }],
  [
    'Markdown in a longer fence',
    ['````md', ...readme, '````', '', 'Done.'].join('\n'),
    readme.join('\n'),
    { old: readme },
  ],
  [
    'Markdown announced',
    ['Here is the updated file:', '', `${fence}md`, ...readme, fence, '', 'I have changed it.'].join('\n'),
    readme.join('\n'),
    { old: readme },
  ],
  [
    'Markdown with bare fences in a fence',
    ['```md', '# Title', '```', 'run', '```', 'end', '```'].join('\n'),
    '# Title\n```\nrun\n```\nend',
    { old: ['# Title', '```', 'run', '```'] },
  ],
  [
    'a code block of Markdown alone',
    ['```js', 'ran();', '```'].join('\n'),
    '```js\nran();\n```',
    { old: ['```js', 'run();', '```'] },
  ],
];

describe('answerLines', () => {
  for (const [what, raw, text, options] of table)
    it(what, () => {
      const lines = answerLines(raw, { old, isWhole: true, ...options });
      assert.equal(lines.join('\n'), text);
    });

  it('never takes back a line while an answer comes', () => {
    for (const [what, raw, , options] of table) {
      let before: readonly string[] = [];
      for (let length = 0; length <= raw.length + 1; length++) {
        const isWhole = length > raw.length;
        const lines = answerLines(raw.slice(0, length), { old, ...options, isWhole });
        assert.deepEqual(lines.slice(0, before.length), before, `${what} at ${length}`);
        before = lines;
      }
    }
  });
});
