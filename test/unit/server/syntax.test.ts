/** What the grammars tell: of insertions that break the syntax or not, of ends of statements, of comments and strings. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tables hold code.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Insertion } from '../../../server/syntax/insertion';
import { Syntax } from '../../../server/syntax/syntax';
import { CURSOR } from '../../support/cursor';
import { root } from '../../support/server';
import { soundness } from './soundnessCases';
import { broken, ends, kinds, windows } from './syntaxCases';

const folder = path.join(root, 'dist/grammars');
/** More than a busy machine needs: these tests ask what is answered, not when. */
const NO_LIMIT = 60_000;

/** The text with █ for the cursor, what is inserted there, and whether that is sound. */
const quoted = (text: string): string => JSON.stringify(text);

function insertionAt(marked: string, inserted: string): Insertion {
  const [before = '', after = ''] = marked.split(CURSOR);
  return { before, inserted, after };
}

describe('syntax', () => {
  let syntax: Syntax;
  before(async function () {
    this.timeout(30_000);
    syntax = Syntax.create(folder, NO_LIMIT);
    for (const id of Object.keys({ ...soundness, ...kinds })) await syntax.load(id);
  });
  after(() => syntax.dispose());

  for (const [what, table] of Object.entries({ file: soundness, window: windows, 'broken text': broken }))
    for (const [id, rows] of Object.entries(table))
      for (const [text, inserted, isSound] of rows)
        it(`${id}: ${quoted(inserted)} is ${isSound ? 'sound' : 'refused'} in the ${what} ${quoted(text)}`, () => {
          assert.equal(syntax.isSound(id, insertionAt(text, inserted)), isSound);
        });

  for (const [id, rows] of Object.entries(ends))
    for (const [text, marked] of rows)
      it(`${id}: a statement ends at ✂ in ${quoted(marked)} after ${quoted(text)}`, () => {
        const end = marked.indexOf('✂');
        const found = syntax.statementEnd(id, insertionAt(text, marked.replace('✂', '')));
        assert.equal(found, end < 0 ? undefined : end);
      });

  for (const [id, rows] of Object.entries(kinds))
    for (const [kind, texts] of rows)
      for (const text of texts)
        it(`${id}: █ is in ${kind === 'code' ? kind : `a ${kind}`} in ${quoted(text)}`, () => {
          assert.equal(syntax.kindAt(id, text.replace(CURSOR, ''), text.indexOf(CURSOR)), kind);
        });

  it('knows in a long file what encloses the cursor', () => {
    const methods = Array.from(
      { length: 1_500 },
      (_, n) => `  private async m${n}(): Promise<void> {\n    f('🐟');\n  }\n`,
    );
    const text = `export class A {\n${methods.join('\n')}\n  ${CURSOR}\n\n${methods.join('\n')}}\n`;
    assert.equal(syntax.isSound('typescript', insertionAt(text, 'private b = 1;')), true);
    assert.equal(syntax.isSound('typescript', insertionAt(text, 'private b = (1;')), false);
    assert.equal(syntax.isSound('typescript', insertionAt(text, 'private b() {\n    c();')), false);
    assert.equal(syntax.statementEnd('typescript', insertionAt(text, 'private b = 1;\n\n  c() {')), 14);
  });

  it('tells something of any text', () => {
    const noise = Array.from({ length: 200 }, (_, n) => String.fromCharCode((n * n * 31 + n) % 256)).join('');
    for (const id of Object.keys(soundness))
      for (const text of [
        '',
        CURSOR,
        `${noise}${CURSOR}${noise}`,
        `\ud83d${CURSOR}\udc1f`,
        `${'('.repeat(200)}${CURSOR}`,
      ]) {
        const insertion = insertionAt(text, '🐟 (');
        assert.equal(typeof syntax.isSound(id, insertion), 'boolean');
        assert.notEqual(syntax.kindAt(id, text, insertion.before.length), undefined);
        const end = syntax.statementEnd(id, insertion) ?? 0;
        assert.ok(end >= 0 && end <= insertion.inserted.length, String(end));
      }
  });
});

describe('grammars', () => {
  const insertion = { before: '', inserted: 'a = 1', after: '' };

  it('are waited for by nothing', async () => {
    const syntax = Syntax.create(folder, NO_LIMIT);
    const loading = Promise.all([syntax.load('go'), syntax.load('go')]);
    assert.equal(syntax.isSound('go', insertion), undefined);
    assert.equal(syntax.kindAt('go', 'a', 1), undefined);
    assert.equal(syntax.statementEnd('go', insertion), undefined);
    await loading;
    assert.equal(syntax.kindAt('go', 'a', 1), 'code');
    syntax.dispose();
  });

  it('are there for some languages only', async () => {
    const syntax = Syntax.create(folder, NO_LIMIT);
    await syntax.load('plaintext');
    await syntax.load('toString');
    assert.equal(syntax.isSound('plaintext', insertion), undefined);
    await assert.rejects(Syntax.create(path.join(folder, 'nowhere')).load('go'), { code: 'ENOENT' });
  });

  it('answer nothing when the time is up, and nothing any more when they are disposed of', async () => {
    const hurried = Syntax.create(folder, -1);
    await hurried.load('go');
    assert.equal(hurried.isSound('go', { ...insertion, before: 'package a\n'.repeat(300) }), undefined);
    hurried.dispose();
    assert.equal(hurried.isSound('go', insertion), undefined);
    const late = Syntax.create(folder);
    const loading = late.load('go');
    late.dispose();
    await loading;
    assert.equal(late.isSound('go', insertion), undefined);
  });
});
