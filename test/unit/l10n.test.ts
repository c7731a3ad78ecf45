/** Every word of the interface is in every language. What fails here is mended with `npm run l10n`, which lists what is to be translated. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { spoken, spokenIn } from '../../build/spoken.mjs';
import { differences, LANGUAGES, ordered } from '../../build/translated.mjs';
import { root } from '../support/server';

const read = (file: string): Record<string, string> => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
const inCode = async (text: string) => spokenIn(root, [{ file: 'src/a.ts', text }]);

describe('the words of the interface', () => {
  let found: Awaited<ReturnType<typeof spoken>>;
  before(async function () {
    this.timeout(60_000);
    found = await spoken(root);
  });

  it('stand as literals where they are said', () => {
    assert.deepEqual(found.problems, []);
  });

  it('are all in the English bundle, and no others (npm run l10n makes it)', () => {
    const { words } = found;
    assert.ok(words.length > 500, 'the code says hundreds of things');
    assert.deepEqual(read('l10n/bundle.l10n.json'), Object.fromEntries(words.map((text) => [text, text])));
  });

  for (const language of LANGUAGES)
    for (const [english, file] of [
      ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
      ['package.nls.json', `package.nls.${language}.json`],
    ] as const)
      it(`are translated in ${file}`, () => {
        assert.deepEqual(differences(read(english), read(file), file), []);
      });

  it('are in Chinese, with its own punctuation, and with a blank between it and other letters', () => {
    const han = '\\p{Script=Han}';
    const wrong = new RegExp(
      `${han}[,;:?!()]|${han}\\.(?:\\s|$)|${han}[A-Za-z0-9{\`]|[A-Za-z0-9}\`]${han}|[。，；：？！] `,
      'u',
    );
    for (const file of ['l10n/bundle.l10n.zh-cn.json', 'package.nls.zh-cn.json'])
      for (const [key, text] of Object.entries(read(file))) assert.doesNotMatch(text, wrong, `${file}: ${key}`);
  });

  it('are found in every way of saying them', async () => {
    const code = [
      "vscode.l10n.t('one {0}', 1);",
      "const { t } = vscode.l10n; t('two');",
      'l10n.t(`three`);',
      "format.t('four'); set('not said'); // t('in a comment')",
      "t(\n  'it\\'s \\u201csix\\u201d\\n',\n  five(t('five')),\n);",
    ].join('\n');
    const { words, problems } = await inCode(code);
    assert.deepEqual(words, ['five', 'four', "it's “six”\n", 'one {0}', 'three', 'two']);
    assert.deepEqual(problems, []);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: the code that is read has it.
  for (const said of ['text', "isOn ? 'on' : 'off'", "'one ' + name", '`one ${name}`', '', 'NAMES[0]'])
    it(`are refused where they are no literal: t(${said})`, async () => {
      const { problems } = await inCode(`\nt(${said});`);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /^src\/a\.ts:2: /);
    });
});

describe('a translation', () => {
  const english = { 'Get {0}': 'Get {0}', '{0} of {1}': '{0} of {1}', Send: 'Send' };

  it('may put its places in another order', () => {
    assert.deepEqual(
      differences(english, { 'Get {0}': '获取 {0}', '{0} of {1}': '{1} 中的 {0}', Send: '发送' }, 'a'),
      [],
    );
  });

  for (const [name, change, told] of [
    ['lacks a key', { Send: undefined }, 'a lacks "Send"'],
    ['has a key that is not in use', { Old: '旧' }, 'a has what is not in use any more: "Old"'],
    ['was left in English', { Send: 'Send' }, 'a has English for "Send"'],
    ['is empty', { Send: ' ' }, 'a has no text for "Send"'],
    ['lost a place', { 'Get {0}': '获取' }, 'a has other places for "Get {0}": none instead of {0}'],
    ['has another place', { 'Get {0}': '获取 {1}' }, 'a has other places for "Get {0}": {1} instead of {0}'],
  ] as const)
    it(`is told of when it ${name}`, () => {
      const whole = { 'Get {0}': '获取 {0}', '{0} of {1}': '{1} 中的 {0}', Send: '发送', ...change };
      const texts = Object.fromEntries(
        Object.entries(whole).flatMap(([key, text]) => (text === undefined ? [] : [[key, text]])),
      );
      assert.deepEqual(differences(english, texts, 'a'), [told]);
    });

  it('is put in order without losing anything', () => {
    const texts = ordered(english, { Old: '旧', Send: '发送', 'Get {0}': '获取 {0}' });
    assert.deepEqual(Object.keys(texts), ['Get {0}', 'Send', 'Old']);
  });
});
