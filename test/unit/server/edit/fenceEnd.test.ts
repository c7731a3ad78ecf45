import assert from 'node:assert/strict';
import { FenceEnd } from '../../../../server/edit/fenceEnd';

/** Takes the text a character at a time. @returns how much of it was taken when the block was closed, and its lines */
function read(text: string, fence: number): readonly [closed: number | undefined, lines: readonly string[]] {
  const end = new FenceEnd(fence);
  let closed: number | undefined;
  for (const [at, character] of Array.from(text).entries()) {
    if (end.take(character)) closed ??= at + 1;
  }
  end.end();
  return [closed, end.lines];
}

describe('the end of a code block', () => {
  it('is the fence that was opened before the answer', () => {
    assert.deepEqual(read('a\n  b\n```\nchatter', 3), [10, ['a', '  b']]);
  });

  it('is the fence that the answer opens', () => {
    assert.deepEqual(read('Here:\n```ts\na\n```\nb', 0), [18, ['a']]);
  });

  it('is no shorter fence, no line of code with one, and no fence with a language', () => {
    assert.deepEqual(read('```\na\n```\n````\n', 4), [15, ['```', 'a', '```']]);
    assert.deepEqual(read('x = "```"\n```ts\n', 3), [undefined, ['x = "```"', '```ts']]);
  });

  it('is that of the answer where no fence closes it', () => {
    assert.deepEqual(read('a\nb', 3), [undefined, ['a', 'b']]);
    assert.deepEqual(read('a\n```', 3), [undefined, ['a']]);
  });

  it('is found with line ends of Windows, and with many lines at once', () => {
    const end = new FenceEnd(3);
    assert.equal(end.take('a\r\nb\r\n```\r\nmore'), true);
    assert.deepEqual(end.lines, ['a', 'b']);
  });
});
