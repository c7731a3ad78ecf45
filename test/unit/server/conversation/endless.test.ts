import assert from 'node:assert/strict';
import { Endless } from '../../../../server/conversation/endless';

/** How many characters it took until it was found to be endless; undefined: it was not. */
function endsAt(text: string, size = 4): number | undefined {
  const endless = new Endless();
  for (let at = 0; at < text.length; at += size) if (endless.take(text.slice(at, at + size))) return at;
  return undefined;
}

const lines = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');

describe('Endless', () => {
  it('finds words, sentences and paragraphs that come again and again', () => {
    const start = 'The function adds two numbers and returns their sum. It is called by the loop.\n';
    const paragraph = `${lines(4, (n) => `- Point ${n} of the list is as long as a line of a paragraph.`)}\n\n`;
    for (const piece of ['no ', 'I am sorry, but I cannot. ', `${start}\n`, paragraph])
      assert.ok((endsAt(start + piece.repeat(600)) ?? Number.POSITIVE_INFINITY) < 4800, piece);
    assert.ok((endsAt(`${start}${'very '.repeat(400)}`) ?? Number.POSITIVE_INFINITY) < 1800);
    assert.ok(endsAt('0'.repeat(5000)) !== undefined);
  });

  it('finds it in any language, and wherever the pieces are cut', () => {
    for (const size of [1, 3, 17, 500]) assert.ok(endsAt('不知道。'.repeat(600), size) !== undefined);
  });

  it('lets honest texts be', () => {
    const honest = {
      'a list of similar lines': lines(2000, (n) => `- line ${n}`),
      'a table': lines(200, (n) => `| row ${n} | ${n * n} | yes |`),
      'a matrix of zeros': lines(30, () => `  [${'0, '.repeat(30)}0],`),
      'rules and boxes': lines(20, () => `│${' '.repeat(60)}│`),
      'tests of one kind': lines(
        60,
        (n) => `  it('adds ${n}', () => {\n    expect(add(${n}, 1)).toBe(${n + 1});\n  });`,
      ),
      'a switch': lines(80, (n) => `    case ${n}:\n      return 'value';`),
      'an empty table': lines(20, () => '  <tr><td></td><td></td><td></td></tr>'),
      'closing brackets': lines(30, (n) => `${'  '.repeat(30 - n)}}`),
    };
    for (const [name, text] of Object.entries(honest)) assert.equal(endsAt(text), undefined, name);
  });
});
