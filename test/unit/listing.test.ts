/** What the marketplace shows of Minnow keeps to its rules. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/server';

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

describe('the listing', () => {
  it('has at most 30 keywords, each once', () => {
    const keywords: readonly string[] = manifest.keywords;
    assert.ok(keywords.length <= 30);
    assert.deepEqual(keywords, [...new Set(keywords)].toSorted());
  });

  it('has an icon of 128 pixels or more, as wide as high', () => {
    const png = readFileSync(path.join(root, manifest.icon));
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    assert.equal(width, height);
    assert.ok(width >= 128 && width <= 256);
  });

  it('has an animation that comes quickly', () => {
    assert.ok(statSync(path.join(root, 'docs/pictures/typing.gif')).size < 1_500_000);
  });

  it('shows its pictures first, and no picture that a page may not hold', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const pictures = Array.from(readme.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g), ([, words = '', file = '']) => ({
      words,
      file,
    }));
    assert.ok(pictures.length > 0);
    for (const { words, file } of pictures) {
      assert.ok(words.length > 10, `${file} has words for those who do not see it`);
      // The marketplace refuses SVG in a README.
      assert.match(file, /\.(png|gif)$/);
    }
  });
});
