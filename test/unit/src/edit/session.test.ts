import assert from 'node:assert/strict';
import type { EditParams, EditProgress, EditResult, Outline } from '../../../../server/editProtocol';
import { ChatError } from '../../../../src/client/chatClient';
import { changed } from '../../../../src/edit/changes';
import { previewOf } from '../../../../src/edit/previewText';
import { EditSession } from '../../../../src/edit/session';

type Params = Omit<EditParams, 'partialResultToken'>;

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const code = Array.from({ length: 40 }, (_, index) => `line ${index};`);
const text = `${code.join('\n')}\n`;

/** A client whose edits are told and ended by the test. */
function scripted(parses: (text: string) => boolean | undefined = () => undefined) {
  const asked: { params: Params; tell: (progress: EditProgress) => void; enough: number[] }[] = [];
  let finish: (error?: ChatError) => void = () => undefined;
  const client = {
    edit: (params: Params, tell: (progress: EditProgress) => void, signal: AbortSignal) => {
      const enough: number[] = [];
      asked.push({ params, tell, enough });
      const result = new Promise<EditResult>((resolve, reject) => {
        finish = (error) => (error ? reject(error) : resolve({} as EditResult));
        signal.addEventListener('abort', () => reject(new ChatError('stopped')));
      });
      return { result, enough: (piece: number) => enough.push(piece) };
    },
    outline: async (_: string, of: string): Promise<Outline> => {
      const told = parses(of);
      return { names: [], ...(told === undefined ? {} : { parses: told }) };
    },
  };
  let changes = 0;
  const session = new EditSession({
    client,
    path: 'a.ts',
    languageId: 'typescript',
    context: [],
    thinks: false,
    onChange: () => changes++,
  });
  const last = () => {
    const request = asked.at(-1);
    assert.ok(request);
    return request;
  };
  const piece = (index: number, of: number, first: number, count: number): void =>
    last().tell({ kind: 'piece', index, of, range: { first, count }, opening: {} });
  const say = (said: string): void => last().tell({ kind: 'text', text: said });
  const endPiece = (end: 'complete' | 'full' | 'skipped' = 'complete'): void => last().tell({ kind: 'pieceEnd', end });
  const end = async (error?: ChatError): Promise<void> => {
    finish(error);
    await settle();
  };
  return { session, asked, last, piece, say, endPiece, end, told: () => changes };
}

const linesWith = (from: number, to: number, replaced: Readonly<Record<number, string>> = {}): string =>
  code
    .slice(from, to)
    .map((line, index) => `${replaced[from + index] ?? line}\n`)
    .join('');

describe('EditSession', () => {
  it('proposes what a model writes, fences left out, while the text stays', async () => {
    const { session, piece, say, endPiece, end, last } = scripted();
    const running = session.start(text, { first: 10, count: 3 }, 'do it');
    assert.equal(session.phase, 'waiting');
    assert.equal(session.isAtStake, true);
    assert.deepEqual(last().params.range, { first: 10, count: 3 });
    assert.equal(last().params.text, text);
    piece(0, 1, 10, 3);
    say('```ts\nline 10;\nchan');
    say('ged;\nline 12;\n```\n');
    assert.equal(session.phase, 'writing');
    endPiece();
    await end();
    await running;
    assert.equal(session.phase, 'over');
    assert.equal(session.proposal?.text, text);
    assert.equal(session.isAtStake, true);
    const taking = session.take('all');
    assert.equal(taking?.after, text.replace('line 11;', 'changed;'));
    session.change(taking?.edits ?? [], taking?.after ?? '');
    assert.equal(session.phase, 'settled');
  });

  it('says that it has enough when the answer has come back, and keeps the rest of the piece', async () => {
    const { session, piece, say, endPiece, end, last } = scripted();
    void session.start(text, { first: 0, count: 40 }, 'do it');
    piece(0, 1, 0, 40);
    for (let line = 0; line < 20; line++) say(linesWith(line, line + 1, { 2: 'line 2 changed;' }));
    assert.deepEqual(last().enough, [0]);
    say('nonsense after that\n');
    endPiece('skipped');
    await end();
    assert.equal(session.take('all')?.after, text.replace('line 2;', 'line 2 changed;'));
  });

  it('puts pieces together; one about which nothing is said stays; one that is cut ends it', async () => {
    const { session, piece, say, endPiece, end } = scripted();
    void session.start(text, { first: 0, count: 40 }, 'do it');
    piece(0, 4, 0, 10);
    say(linesWith(0, 10, { 1: 'one' }));
    endPiece();
    piece(1, 4, 10, 10);
    endPiece();
    piece(2, 4, 20, 10);
    say(linesWith(20, 30, { 25: 'two' }));
    endPiece();
    piece(3, 4, 30, 10);
    say(linesWith(30, 33));
    endPiece('full');
    await end();
    assert.deepEqual(session.notes, ['cut']);
    assert.equal(session.take('all')?.after, text.replace('line 1;', 'one').replace('line 25;', 'two'));
  });

  it('keeps what was finished when it is stopped or its process dies, and tells the latter', async () => {
    for (const error of [undefined, new ChatError('died')]) {
      const { session, piece, say, end } = scripted();
      void session.start(text, { first: 0, count: 40 }, 'do it');
      piece(0, 1, 0, 40);
      say(linesWith(0, 8, { 2: 'changed;' }));
      if (error) await end(error);
      else session.stop();
      await settle();
      assert.equal(session.failure?.code, error?.code);
      assert.equal(session.isRunning, false);
      assert.equal(session.take('all')?.after, text.replace('line 2;', 'changed;'));
    }
  });

  it('follows what is typed meanwhile, and refuses what has no place any more', async () => {
    const { session, piece, say, endPiece, end } = scripted();
    void session.start(text, { first: 10, count: 3 }, 'do it');
    piece(0, 1, 10, 3);
    say(linesWith(10, 13, { 11: 'changed;' }));
    const typed = { offset: 0, length: 0, text: 'above\n' };
    const after = changed(text, [typed]);
    session.change([typed], after);
    endPiece();
    await end();
    assert.equal(session.take('all')?.after, after.replace('line 11;', 'changed;'));
    const spoilt = { offset: after.indexOf('line 11;'), length: 0, text: 'x' };
    session.change([spoilt], changed(after, [spoilt]));
    assert.deepEqual(session.take('all')?.refused, [{ id: 0, why: 'lost' }]);
    session.reject('all');
    assert.equal(session.phase, 'settled');
  });

  it('asks a follow-up on the result, and goes back to it where that does not come to its end', async () => {
    const { session, piece, say, endPiece, end, last } = scripted();
    void session.start(text, { first: 10, count: 3 }, 'first');
    piece(0, 1, 10, 3);
    say(linesWith(10, 13, { 11: 'changed;\nadded;' }));
    endPiece();
    await end();
    void session.followUp('second');
    assert.deepEqual(last().params.earlier, ['first']);
    assert.deepEqual(last().params.range, { first: 10, count: 4 });
    assert.match(last().params.text, /line 10;\nchanged;\nadded;\nline 12;/);
    session.stop();
    await settle();
    assert.equal(session.instruction, 'first');
    assert.equal(session.take('all')?.after, text.replace('line 11;', 'changed;\nadded;'));
    void session.followUp('third');
    piece(0, 1, 10, 4);
    say('line 10;\nother;\nline 12;\n');
    endPiece();
    await end();
    assert.equal(session.take('all')?.after, text.replace('line 11;', 'other;'));
  });

  it('asks again with other words of chance, about the lines as they are now', async () => {
    const { session, piece, say, endPiece, end, last } = scripted();
    void session.start(text, { first: 10, count: 3 }, 'do it');
    piece(0, 1, 10, 3);
    say('nothing like it\n');
    endPiece();
    await end();
    const typed = { offset: 0, length: 0, text: 'above\n' };
    session.change([typed], changed(text, [typed]));
    void session.retry();
    assert.deepEqual(last().params.range, { first: 11, count: 3 });
    assert.ok(last().params.temperature > 0);
    assert.equal(session.retry(), undefined, 'one at a time');
  });

  it('marks a result that no longer parses where the text does', async () => {
    const { session, piece, say, endPiece, end } = scripted((of) => !of.includes('broken'));
    void session.start(text, { first: 10, count: 3 }, 'do it');
    piece(0, 1, 10, 3);
    say(linesWith(10, 13, { 11: 'broken(' }));
    endPiece();
    await end();
    assert.equal(session.isBroken, true);
  });

  it('tells nothing any more once it is left', async () => {
    const { session, piece, say, told } = scripted();
    void session.start(text, { first: 10, count: 3 }, 'do it');
    piece(0, 1, 10, 3);
    session.dispose();
    const before = told();
    say('late\n');
    await settle();
    assert.equal(told(), before);
  });

  it('proposes known lines without asking, and says when they are there already', () => {
    const { session, asked } = scripted();
    assert.equal(session.propose(text, { first: 1, count: 1 }, '', ['line 1;']), false);
    assert.equal(session.propose(text, { first: 1, count: 1 }, '', ['one;']), true);
    assert.equal(asked.length, 0);
    assert.ok(session.proposal);
    const { text: after, hunks } = previewOf(session.proposal);
    assert.equal(after, text.replace('line 1;', 'one;'));
    assert.deepEqual(
      [hunks[0]?.old, hunks[0]?.new],
      [
        { first: 1, count: 1 },
        { first: 1, count: 1 },
      ],
    );
  });
});
