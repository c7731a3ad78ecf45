import assert from 'node:assert/strict';
import { CancelledError } from '../../../server/errors';
import { CompleterSession, uri } from '../../support/completerSession';
import { scriptedLlm } from '../../support/scriptedLlm';

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('Completer', () => {
  it('asks with the text around the cursor and the path in the folder', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'beta;'),
      'const a = █\nend',
    );
    assert.equal(await session.shown(), 'beta;');
    assert.deepEqual(session.llm.prompts, [{ context: [], path: 'a.ts', prefix: 'const a = ', suffix: '\nend' }]);
  });

  it('stops the model as soon as the suggestion is whole', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => `beta;\n${'more();\n'.repeat(10)}`),
      'const a = █',
    );
    await session.shown();
    assert.equal(session.llm.taken, 'beta;\n'.length);
  });

  it('does not ask again while the suggestion is typed through, nor when it is gone back over', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'first();'),
      'const a = █',
    );
    await session.shown();
    session.type('fir');
    assert.equal(await session.shown(), 'st();');
    session.backspace(2);
    assert.equal(await session.shown(), 'irst();');
    session.type('x');
    await session.shown();
    session.backspace(1);
    assert.equal(await session.shown(), 'irst();');
    assert.equal(session.llm.prompts.length, 2);
  });

  it('joins the running generation while the typing agrees with it', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'first();', {}, 4),
      'const a = █',
    );
    const controller = new AbortController();
    const first = session.ask({ signal: controller.signal });
    await soon();
    session.type('f');
    controller.abort();
    await assert.rejects(first, CancelledError);
    assert.equal(await session.shown(), 'irst();');
    assert.equal(session.llm.prompts.length, 1);
  });

  it('stops the running generation as soon as something else is typed', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'first(second, third, fourth, fifth, sixth);', {}, 4),
      'const a = █',
    );
    const first = session.ask();
    await new Promise((resolve) => setTimeout(resolve, 25));
    session.type('zz');
    await assert.rejects(first, CancelledError);
    const { taken } = session.llm;
    await soon();
    assert.ok(session.llm.taken <= taken + 1);
  });

  it('stops at once when a request is cancelled and nothing was typed', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'a long answer without end', {}, 5),
      'x█',
    );
    const controller = new AbortController();
    const running = session.ask({ signal: controller.signal });
    setTimeout(() => controller.abort(), 12);
    await assert.rejects(running, CancelledError);
    await new Promise((resolve) => setTimeout(resolve, 30));
    assert.ok(session.llm.taken < 6);
  });

  it('shows the first line before the block is whole, and only ever adds to it', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => '(alpha) {\n  beta();\n}\nrest', {}, 2),
      'if █',
    );
    assert.equal(await session.shown(), '(alpha) {');
    await new Promise((resolve) => setTimeout(resolve, 120));
    assert.deepEqual(session.extended, [1]);
    assert.equal(await session.shown(), '(alpha) {\n  beta();\n}');
    assert.equal(session.llm.prompts.length, 1);
  });

  it('is one line long where the machine saves power, and whole where it is asked for by key', async () => {
    const block = scriptedLlm(() => 'if (b) {\n    c();\n  }\n');
    const brief = { settings: () => ({ multiline: true, comments: true, brief: true }) };
    const typed = new CompleterSession(block, 'function a(b) {\n  █\n}\n', brief);
    const { suggestions } = await typed.ask();
    assert.equal(suggestions[0]?.text, 'if (b) {');
    const asked = new CompleterSession(block, 'function a(b) {\n  █\n}\n', brief);
    const whole = await asked.ask({ asked: true });
    assert.match(whole.suggestions[0]?.text ?? '', /c\(\);/);
  });

  it('knows the next line after a suggestion was accepted', async () => {
    const session = new CompleterSession(
      scriptedLlm(({ prefix }) => (prefix.endsWith('beta();') ? '\n  gamma();\n}' : 'beta();')),
      'if (a) {\n  █\n}',
    );
    assert.equal(await session.shown(), 'beta();');
    session.type('beta();');
    assert.deepEqual(session.settled, [{ languageId: 'typescript', outcome: 'accepted', characters: 7 }]);
    assert.equal(await session.shown(), '(nothing)');
    await soon();
    session.type('\n  ');
    assert.equal(await session.shown(), 'gamma();');
    assert.equal(session.llm.prompts.length, 2);
  });

  it('offers alternatives only when asked, each once', async () => {
    const answers = ['one();', 'two();', 'one();'];
    let at = 0;
    const session = new CompleterSession(
      scriptedLlm(() => answers[at++ % 3] ?? ''),
      'const a = █',
    );
    const { suggestions } = await session.ask({ asked: true });
    assert.deepEqual(
      suggestions.map(({ text }) => text),
      ['one();', 'two();'],
    );
    session.type('o');
    assert.equal(await session.shown(), 'ne();', 'what was asked for stays while it is typed through');
    assert.equal(session.llm.prompts.length, 3);
  });

  it('keeps silent after a bulk edit, in comments that are switched off, and where the code would not parse', async () => {
    const bulk = new CompleterSession(
      scriptedLlm(() => 'beta;'),
      'const a = █',
    );
    bulk.type('pasted\n'.repeat(40));
    assert.equal(await bulk.shown(), '(bulkEdit)');
    assert.equal((await bulk.ask({ asked: true })).suggestions[0]?.text, 'beta;');
    const off = { settings: () => ({ multiline: true, comments: false }), kindAt: () => 'comment' as const };
    assert.equal(
      await new CompleterSession(
        scriptedLlm(() => 'beta;'),
        '// a █',
        off,
      ).shown(),
      '(comment)',
    );
    assert.equal(
      await new CompleterSession(
        scriptedLlm(() => 'beta;'),
        'a █',
        { isSound: () => false },
      ).shown(),
      '(unsound)',
    );
  });

  it('refuses a model without fill-in-the-middle tokens, binary data, and the inside of an emoji', async () => {
    assert.equal(
      await new CompleterSession(
        scriptedLlm(() => 'b', { completes: false }),
        'a█',
      ).shown(),
      '(noFim)',
    );
    assert.equal(
      await new CompleterSession(
        scriptedLlm(() => 'b'),
        'PNG\0\0\0█\0',
      ).shown(),
      '(binary)',
    );
    assert.equal(
      await new CompleterSession(
        scriptedLlm(() => 'b'),
        `${'\uFFFD'.repeat(30)}█`,
      ).shown(),
      '(binary)',
    );
    const emoji = new CompleterSession(
      scriptedLlm(() => 'b'),
      'a = "😀█"',
    );
    emoji.offset--;
    assert.equal(await emoji.shown(), '(insideCharacter)');
  });

  it('lives with line ends of two characters', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => '{\n  beta();\n}\n'),
      'one\r\nif (a) █\r\n',
    );
    await session.shown();
    session.type('{\r\n');
    assert.equal(await session.shown(), '  beta();\n}');
  });

  it('forgets a document that was closed', async () => {
    const session = new CompleterSession(
      scriptedLlm(() => 'first();'),
      'const a = █',
    );
    await session.shown();
    session.completer.forget(uri);
    await session.shown();
    assert.equal(session.llm.prompts.length, 2);
  });
});
