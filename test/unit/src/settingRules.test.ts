import assert from 'node:assert/strict';
import { nearest, wrongSentence } from '../../../src/settingRules';
import { t } from '../../support/scriptedClient';

const whole = { type: 'integer', default: 4, minimum: 1, maximum: 8 };
const choice = { type: 'string', default: 'auto', enum: ['auto', 'cpu'] };
const address = { type: 'string', default: 'https://a.example', pattern: '^$|^https?://.' };
const map = { type: 'object', default: { '*': true }, additionalProperties: { type: 'boolean' } };

describe('a setting that was written by hand', () => {
  for (const [name, rule, given, used] of [
    ['too large a number', whole, 99, 8],
    ['too small a number', whole, -3, 1],
    ['half a number', whole, 2.6, 3],
    ['text for a number', whole, '4', 4],
    ['null', whole, null, 4],
    ['a list for a number', whole, [4], 4],
    ['a choice that is none', choice, 'gpu', 'auto'],
    ['a number for a choice', choice, 1, 'auto'],
    ['text for a switch', { type: 'boolean', default: false }, 'true', false],
    ['a list for a map', map, [], { '*': true }],
    ['a map with an entry that is none', map, { go: false, rust: 'no', c: null }, { go: false }],
  ] as const)
    it(`${name} becomes what is nearest, and is told`, () => {
      assert.deepEqual(nearest(rule, given), used);
      assert.match(wrongSentence('minnow.x', rule, given, t) ?? '', /^Minnow: the setting minnow\.x cannot /);
    });

  for (const [rule, given] of [
    [whole, 8],
    [choice, 'cpu'],
    [address, ''],
    [address, 'http://localhost:8080/hub'],
    [map, { '*': false, go: true }],
    [map, {}],
  ] as const)
    it(`${JSON.stringify(given)} stays, and nothing is said`, () => {
      assert.deepEqual(nearest(rule, given), given);
      assert.equal(wrongSentence('minnow.x', rule, given, t), undefined);
    });

  it('an address that is none stays, so that nothing is fetched from elsewhere; it is told without what may be a password', () => {
    const given = 'me:secret@mirror.example';
    assert.equal(nearest(address, given), given);
    const sentence = wrongSentence('minnow.x', address, given, t) ?? '';
    assert.match(sentence, /no web address/);
    assert.doesNotMatch(sentence, /secret/);
  });

  it('is told in so many words', () => {
    assert.equal(
      wrongSentence('minnow.x', whole, 'many', t),
      'Minnow: the setting minnow.x cannot be "many". 4 is used instead.',
    );
    assert.equal(
      wrongSentence('minnow.x', map, { go: false, rust: 'no' }, t),
      'Minnow: the setting minnow.x cannot have {"rust":"no"}, which is left out.',
    );
  });
});
