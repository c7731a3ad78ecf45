import assert from 'node:assert/strict';
import { Completer, type CompletionResult } from '../../../server/completion/completion';
import { CancelledError } from '../../../server/errors';
import { marked } from '../../support/cursor';
import { type ScriptedLlm, scriptedLlm } from '../../support/scriptedLlm';

const settings = { completion: { multiline: true } };
const signal = new AbortController().signal;

function ask(llm: ScriptedLlm, text: string, completer = new Completer()): Promise<CompletionResult> {
  return completer.complete(llm, { ...marked(text), folders: ['file:///sample'] }, settings, signal);
}

describe('Completer', () => {
  it('asks with the text around the cursor and the path in the folder', async () => {
    const llm = scriptedLlm(() => 'b;');
    const { suggestion } = await ask(llm, 'const a = █\nend');
    assert.equal(suggestion?.text, 'b;');
    assert.deepEqual(llm.prompts, [{ path: 'a.ts', prefix: 'const a = ', suffix: '\nend' }]);
  });

  it('stops the model as soon as the suggestion is whole', async () => {
    const llm = scriptedLlm(() => `b;\n${'more();\n'.repeat(10)}`);
    await ask(llm, 'const a = █');
    assert.equal(llm.taken, 'b;\n'.length);
  });

  it('does not ask again while the suggestion is typed through', async () => {
    const llm = scriptedLlm(() => 'first();');
    const completer = new Completer();
    await ask(llm, 'const a = █', completer);
    const { suggestion, origin } = await ask(llm, 'const a = fir█', completer);
    assert.deepEqual([suggestion?.text, origin, llm.prompts.length], ['st();', 'typed through', 1]);
  });

  it('forgets a document that was closed', async () => {
    const llm = scriptedLlm(() => 'first();');
    const completer = new Completer();
    await ask(llm, 'const a = █', completer);
    completer.forget('file:///sample/a.ts');
    assert.equal((await ask(llm, 'const a = fir█', completer)).origin, 'model');
  });

  it('refuses a model without fill-in-the-middle tokens', async () => {
    const llm = scriptedLlm(() => 'b', { completes: false });
    assert.equal((await ask(llm, 'a█')).origin, 'noFim');
    assert.equal(llm.prompts.length, 0);
  });

  it('says nothing inside an emoji or in binary data', async () => {
    const llm = scriptedLlm(() => 'b');
    const { document } = marked('a = "😀"█');
    const inside = { document, position: { line: 0, character: 6 }, folders: [] };
    assert.equal((await new Completer().complete(llm, inside, settings, signal)).origin, 'insideCharacter');
    assert.equal((await ask(llm, 'PNG\0\0\0█\0')).origin, 'binary');
    assert.equal((await ask(llm, `${'\uFFFD'.repeat(30)}█`)).origin, 'binary');
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const llm = scriptedLlm(() => 'a long answer without end', {}, 5);
    const running = new Completer().complete(llm, { ...marked('x█'), folders: [] }, settings, controller.signal);
    setTimeout(() => controller.abort(), 12);
    await assert.rejects(running, CancelledError);
    assert.ok(llm.taken < 10);
  });
});
