import assert from 'node:assert/strict';
import { layOut } from '../../../server/llm/fim';

const fim = { prefix: 'P', suffix: 'S', middle: 'M', fileSeparator: 'F' };
const parts = { path: ['path'], prefix: ['a', 'b'], suffix: ['y', 'z'] };
const many = (name: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${name}${index}`);

describe('layOut', () => {
  it('puts the suffix first and the prefix last where the model wants it so', () => {
    assert.deepEqual(layOut('spm', fim, parts, 100), ['F', 'path', 'P', 'S', 'y', 'z', 'M', 'a', 'b']);
    assert.deepEqual(layOut('suffixFirst', fim, parts, 100), ['F', 'path', 'S', 'y', 'z', 'P', 'a', 'b', 'M']);
  });

  it('puts the prefix first elsewhere', () => {
    assert.deepEqual(layOut('psm', fim, parts, 100), ['F', 'path', 'P', 'a', 'b', 'S', 'y', 'z', 'M']);
  });

  it('leaves out the path where the model knows no files, and begins as the model wants', () => {
    const plain = { prefix: 'P', suffix: 'S', middle: 'M', begin: '^' };
    assert.deepEqual(layOut('psm', plain, parts, 100), ['^', 'P', 'a', 'b', 'S', 'y', 'z', 'M']);
  });

  it('keeps within the room, the nearest text on both sides', () => {
    const long = { path: ['path'], prefix: many('p', 3_000), suffix: many('s', 3_000) };
    for (const layout of ['spm', 'psm', 'suffixFirst'] as const) {
      const tokens = layOut(layout, fim, long, 1_000);
      assert.ok(tokens.length <= 1_000 && tokens.length > 800);
      assert.ok(tokens.includes('p2999') && tokens.includes('s0') && !tokens.includes('s2999'));
    }
  });

  it('keeps the same head while a long prefix grows by a token at a time', () => {
    const heads = new Set(
      Array.from(
        { length: 100 },
        (_, index) => layOut('spm', fim, { ...parts, prefix: many('p', 3_000 + index) }, 1_000)[7],
      ),
    );
    assert.ok(heads.size <= 2, `${heads.size} different heads in 100 keystrokes`);
  });
});
