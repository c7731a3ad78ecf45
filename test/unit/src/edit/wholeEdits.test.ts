/** Edits from one end to the other: a text, a scripted answer that comes in pieces, and the text after accepting all. */
import assert from 'node:assert/strict';
import { integer, seeded } from '../../../../server/measure/random';
import { answerLines } from '../../../../src/edit/answer';
import { linesOf } from '../../../../src/edit/lines';
import { Proposal } from '../../../../src/edit/proposal';

interface Case {
  readonly text: string;
  /** First line and how many. */
  readonly range: readonly [number, number];
  readonly answer: string;
  readonly after: string;
}

const fence = '```';
const cases: Record<string, Case> = {
  'a variable renamed, with a thought and chatter': {
    text: 'function f() {\n  const a = 1;\n  return a;\n}\n',
    range: [1, 2],
    answer: `<think>Rename.</think>\nHere is the code:\n${fence}js\n  const b = 1;\n  return b;\n${fence}\nDone.`,
    after: 'function f() {\n  const b = 1;\n  return b;\n}\n',
  },
  'a method in a document with tabs and CRLF, answered at the edge and by spaces': {
    text: 'class A {\r\n\trun() {\r\n\t\tgo();\r\n\t}\r\n}',
    range: [1, 3],
    answer: `${fence}\nrun() {\n    go();\n    stop();\n}\n${fence}`,
    after: 'class A {\r\n\trun() {\r\n\t\tgo();\r\n\t\tstop();\r\n\t}\r\n}',
  },
  'lines at an empty one': {
    text: '\uFEFFa();\n\nb();\n',
    range: [1, 1],
    answer: '// between\nbetween();',
    after: '\uFEFFa();\n// between\nbetween();\nb();\n',
  },
  'a README in a fence': {
    text: `# A\n\n${fence}sh\nrun\n${fence}\n`,
    range: [0, 5],
    answer: `${fence}markdown\n# B\n\n${fence}sh\nrun --fast\n${fence}\n${fence}`,
    after: `# B\n\n${fence}sh\nrun --fast\n${fence}\n`,
  },
  'nothing said': { text: 'a\nb\n', range: [0, 2], answer: '\n\n', after: 'a\nb\n' },
};

describe('an edit', () => {
  for (const [what, { text, range, answer, after }] of Object.entries(cases))
    it(what, () => {
      const random = seeded(answer.length);
      const [first, count] = range;
      const old = linesOf(text).slice(first, first + count);
      const made = new Proposal(text, { first, count });
      for (let length = 0; length < answer.length; length += integer(random, 1, 9))
        made.receive(answerLines(answer.slice(0, length), { old, isWhole: false }));
      made.receive(answerLines(answer, { old, isWhole: true }));
      made.end('whole');
      assert.equal(made.take('all').after, after);
    });
});
