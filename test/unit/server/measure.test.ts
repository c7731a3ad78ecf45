import assert from 'node:assert/strict';
import { CancelledError } from '../../../server/errors';
import { type Measuring, measure } from '../../../server/measure/measure';
import type { MeasuredHole } from '../../../server/measureProtocol';
import { scriptedLlm } from '../../support/scriptedLlm';

const text = Array.from({ length: 30 }, (_, n) => `const name${n} = make(${n}, "name");`).join('\n');
const measuring: Measuring = {
  files: [{ path: 'src/a b.ts', languageId: 'typescript', text }],
  holes: 12,
  seed: 1,
  settings: { completion: { multiline: true, comments: true } },
  syntax: {
    load: () => Promise.resolve(),
    kindAt: () => undefined,
    isSound: () => undefined,
    statementEnd: () => undefined,
  },
};
const signal = new AbortController().signal;

/** A model that knows the file by heart. */
const knowing = () =>
  scriptedLlm(({ prefix }) => (text.startsWith(prefix) ? text.slice(prefix.length) : prefix.slice(-5)));

describe('measure', () => {
  it('asks for each hole by the path in its folder and adds up', async () => {
    const llm = knowing();
    const { total, tokens } = await measure(llm, measuring, signal);
    assert.equal(total.holes, 12);
    assert.ok(llm.prompts.length >= 12 && llm.prompts.every(({ path }) => path === 'src/a b.ts'));
    assert.ok((total.exactLine ?? 0) > 0.6, String(total.exactLine));
    assert.ok(tokens.read > 0 && tokens.written > 0);
  });

  it('gives the same figures for the same seed', async () => {
    const [a, b] = [await measure(knowing(), measuring, signal), await measure(knowing(), measuring, signal)];
    assert.deepEqual({ ...a, ms: 0 }, { ...b, ms: 0 });
  });

  it('tells of each hole', async () => {
    const holes: MeasuredHole[] = [];
    const onHole = (hole: MeasuredHole, done: number, of: number): void => {
      assert.deepEqual([done, of], [holes.push(hole), 12]);
    };
    await measure(knowing(), { ...measuring, onHole }, signal);
    for (const { line, character, truth } of holes.filter(({ kind }) => kind === 'restOfLine'))
      assert.equal(text.split('\n')[line]?.slice(character), truth);
  });

  it('asks again without gates where nothing was shown', async () => {
    const isSound = (): boolean => false;
    const { total } = await measure(knowing(), { ...measuring, syntax: { ...measuring.syntax, isSound } }, signal);
    assert.equal(total.shown, 0);
    assert.ok((total.rightKeptBack ?? 0) > 0.6, String(total.rightKeptBack));
    const nothing = await measure(
      scriptedLlm(() => ''),
      measuring,
      signal,
    );
    assert.deepEqual([nothing.total.shown, nothing.total.quiet, nothing.total.rightKeptBack], [0, null, 0]);
  });

  it('asks whether the text parses, with the suggestion in it', async () => {
    const asked: string[] = [];
    const isSound: Measuring['syntax']['isSound'] = (_, { before, inserted, after }) => {
      asked.push(before + inserted + after);
      return true;
    };
    const { total } = await measure(knowing(), { ...measuring, syntax: { ...measuring.syntax, isSound } }, signal);
    assert.ok(asked.includes(text));
    assert.equal(total.parsesOfShown, 1);
  });

  it('takes the speed that it is told', async () => {
    const slow = knowing();
    await measure(slow, { ...measuring, tokensPerSecond: 100 }, signal);
    assert.ok(slow.prompts.every(({ prefix }) => prefix.length <= 256 * 3));
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const onHole = (_: MeasuredHole, done: number): void => {
      if (done === 3) controller.abort();
    };
    const llm = knowing();
    await assert.rejects(measure(llm, { ...measuring, onHole }, controller.signal), CancelledError);
    assert.ok(llm.prompts.length < 12);
  });
});
