/** What becomes of what was shown, as the completer hears of it. */
import assert from 'node:assert/strict';
import { CompleterSession } from '../../support/completerSession';
import { scriptedLlm } from '../../support/scriptedLlm';

describe('offers', () => {
  it('tells what was typed through and what was refused, and does not offer a third time', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'first();'),
      'const a = █',
    );
    for (let round = 0; round < 2; round++) {
      assert.equal(await session.shown(), 'first();');
      session.type('zz');
      await session.shown();
      session.backspace(2);
    }
    assert.equal(await session.shown(), '(refused)');
    assert.deepEqual(session.settled.filter(({ outcome }) => outcome === 'refused').length >= 2, true);
    const other = new CompleterSession(
      scriptedLlm(() => 'first();'),
      'const a = █',
    );
    await other.shown();
    for (const key of 'first();') {
      other.type(key);
      await other.shown();
    }
    assert.equal(other.settled[0]?.outcome, 'typedThrough');
  });

  it('counts as put in what was taken by a key, not what was typed before it', async () => {
    const tab = new CompleterSession(
      scriptedLlm(() => 'first(second);'),
      'const a = █',
    );
    await tab.shown();
    for (const key of 'fir') tab.type(key);
    await tab.shown();
    tab.type('st(second);');
    assert.deepEqual(tab.settled, [{ languageId: 'typescript', outcome: 'accepted', characters: 11 }]);
    const words = new CompleterSession(
      scriptedLlm(() => 'first(second);'),
      'const a = █',
    );
    await words.shown();
    words.type('first');
    await words.shown();
    words.type('(');
    await words.shown();
    words.type('zz');
    await words.shown();
    assert.deepEqual(words.settled, [{ languageId: 'typescript', outcome: 'accepted', characters: 5 }]);
  });

  it('takes an alternative that was chosen for accepted, and brackets that the editor closes for typed', async () => {
    const answers = ['one(1);', 'two(2);', 'one(1);'];
    let at = 0;
    const session = new CompleterSession(
      scriptedLlm(() => answers[at++ % 3] ?? ''),
      'const a = █',
    );
    await session.ask({ asked: true });
    session.type('two(2);');
    assert.deepEqual(session.settled, [{ languageId: 'typescript', outcome: 'accepted', characters: 7 }]);
    const brackets = new CompleterSession(
      scriptedLlm(() => '() => 1;'),
      'const a = █',
    );
    await brackets.shown();
    brackets.type('()');
    brackets.type('zz');
    await brackets.shown();
    assert.equal(brackets.settled[0]?.outcome, 'refused');
  });
});
