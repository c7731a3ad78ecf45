import assert from 'node:assert/strict';
import { expanded, historyFrom, isLike, READY, withInstruction } from '../../../../src/edit/instructions';
import { hunkAt, nextHunk, previewOf } from '../../../../src/edit/previewText';
import { Proposal } from '../../../../src/edit/proposal';
import {
  commentAbove,
  indentationAt,
  isGenerating,
  linesOfSelection,
  rangeAtCursor,
  rangeOfProblem,
} from '../../../../src/edit/target';

const lines = ['class A {', '  a() {', '    x;', '  }', '', '  b() {', '  }', '}', '', 'one', 'two', ''];
const names = [
  { name: 'A', first: 0, count: 8 },
  { name: 'a', first: 1, count: 3 },
];

describe('what an edit is about', () => {
  it('is the lines of a selection, without one that it only reaches', () => {
    assert.deepEqual(linesOfSelection({ line: 2, character: 3 }, { line: 4, character: 0 }), { first: 2, count: 2 });
    assert.deepEqual(linesOfSelection({ line: 2, character: 0 }, { line: 2, character: 5 }), { first: 2, count: 1 });
  });

  it('is at a cursor the innermost definition, else the block; on an empty line that line; behind the text nothing', () => {
    assert.deepEqual(rangeAtCursor(lines, 2, names), { first: 1, count: 3 });
    assert.deepEqual(rangeAtCursor(lines, 6, names), { first: 0, count: 8 });
    assert.deepEqual(rangeAtCursor(lines, 10, names), { first: 9, count: 2 });
    assert.deepEqual(rangeAtCursor(lines, 4, names), { first: 4, count: 1 });
    assert.deepEqual(rangeAtCursor(lines, 12, names), { first: 12, count: 0 });
    assert.deepEqual(rangeOfProblem(lines, { first: 2, count: 1 }, names), { first: 1, count: 3 });
    assert.deepEqual(rangeOfProblem(lines, { first: 10, count: 1 }, []), { first: 5, count: 7 });
  });

  it('is written anew where there is nothing, at the indentation of the place', () => {
    assert.ok(isGenerating(lines, { first: 4, count: 1 }));
    assert.ok(!isGenerating(lines, { first: 3, count: 2 }));
    assert.equal(indentationAt(lines, { first: 4, count: 1 }), '  ');
    assert.equal(indentationAt(['\t', 'x'], { first: 0, count: 1 }), '\t');
  });

  it('may stand in the comment above', () => {
    assert.equal(commentAbove(['// Adds a', '// and b.', ''], 2), 'Adds a and b.');
    assert.equal(commentAbove(['# sorts it', ''], 1), 'sorts it');
    assert.equal(commentAbove(['/** One. */', ''], 1), 'One.');
    assert.equal(commentAbove(['#include <a.h>', ''], 1), undefined);
    assert.equal(commentAbove(['x;', ''], 1), undefined);
    assert.equal(commentAbove(['// ----', ''], 1), undefined);
  });
});

describe('instructions', () => {
  it('are said in full, with what stands behind a slash command', () => {
    assert.equal(expanded('/doc'), READY['/doc']);
    assert.equal(expanded(' /fix the loop '), `${READY['/fix']} the loop`);
    assert.equal(expanded('/usr/bin is wrong'), '/usr/bin is wrong');
    assert.equal(expanded('/constructor'), '/constructor');
  });

  it('are kept, the newest first and each once', () => {
    assert.deepEqual(withInstruction(['b', 'a'], ' a '), ['a', 'b']);
    assert.deepEqual(withInstruction(['b'], '  '), ['b']);
    assert.equal(withInstruction(Array.from({ length: 60 }, String), 'x').length, 50);
    assert.deepEqual(historyFrom({ 0: 'x' }), []);
    assert.deepEqual(historyFrom(['a', 1]), ['a']);
  });

  it('are not taken from a row that what is typed cannot have found', () => {
    assert.ok(isLike('/doc Write documentation comments', ' Doc'));
    assert.ok(isLike('/doc Write documentation comments', 'wdc'));
    assert.ok(isLike('anything', ''));
    assert.ok(!isLike('/fix Fix the problems here', 'fix the loop'));
    assert.ok(!isLike('aa', 'aaa'));
    assert.ok(isLike('say 😀', '😀'));
  });
});

describe('the preview', () => {
  const text = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\r\n');
  const proposal = new Proposal(text, { first: 0, count: 30 });
  const next = text
    .split('\r\n')
    .flatMap((line, index) => (index === 5 ? ['five', 'more'] : index === 20 ? [] : [line]));
  proposal.receive(next);
  proposal.end('whole');

  it('is the text with all hunks, and knows where each stands on both sides', () => {
    const { text: after, hunks } = previewOf(proposal);
    assert.equal(after, next.join('\r\n'));
    assert.deepEqual(
      hunks.map((each) => [each.old, each.new]),
      [
        [
          { first: 5, count: 1 },
          { first: 5, count: 2 },
        ],
        [
          { first: 20, count: 1 },
          { first: 21, count: 0 },
        ],
      ],
    );
  });

  it('finds the hunk at a line and goes around', () => {
    const { hunks } = previewOf(proposal);
    assert.equal(hunkAt(hunks, 6, 'new')?.hunk.id, 0);
    assert.equal(hunkAt(hunks, 10, 'old')?.hunk.id, 1);
    assert.equal(hunkAt(hunks, 29, 'old')?.hunk.id, 1);
    assert.equal(nextHunk(hunks, 5, 'old', 1)?.hunk.id, 1);
    assert.equal(nextHunk(hunks, 25, 'old', 1)?.hunk.id, 0);
    assert.equal(nextHunk(hunks, 5, 'old', -1)?.hunk.id, 1);
    assert.equal(nextHunk(hunks, 20, 'old', -1)?.hunk.id, 0);
  });
});
