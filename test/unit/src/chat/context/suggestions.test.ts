import assert from 'node:assert/strict';
import { orAborted } from '../../../../../src/chat/context/aborting';
import { expandBraces } from '../../../../../src/chat/context/globs';
import { instructionText, projectText } from '../../../../../src/chat/context/instructionText';
import { itemOf, KINDS, withoutRepeats } from '../../../../../src/chat/context/kinds';
import { mentionsIn } from '../../../../../src/chat/context/mentions';
import {
  atQuery,
  commandRows,
  fewFileRows,
  fileRows,
  folderRows,
  kindRows,
  symbolRows,
} from '../../../../../src/chat/context/suggestions';

const paths = ['src/client/chat.ts', 'src/my notes.md', 'README.md', 'src/client/deep/a.ts', 'app/[id]/page.tsx'];

describe('suggestions', () => {
  it('know what is being written', () => {
    assert.deepEqual(atQuery('file:"my no'), { kind: 'file', name: 'my no' });
    assert.deepEqual(atQuery('fi'), { name: 'fi' });
    assert.deepEqual(atQuery('files:a'), { name: 'files:a' });
  });
  it('offer kinds, which go on where a name follows', () => {
    assert.equal(kindRows('', String).length, 8);
    assert.deepEqual(
      kindRows('F', String).map(({ insert, goesOn }) => [insert, goesOn]),
      [
        ['@file:', true],
        ['@folder:', true],
      ],
    );
    assert.deepEqual(kindRows('ch', String)[0]?.insert, '@changes');
  });
  it('insert what is read back as the same name', () => {
    for (const path of paths) {
      const [row] = fileRows(path, paths);
      assert.deepEqual(
        mentionsIn(`see ${row?.insert}, please`).map(({ kind, name }) => [kind, name]),
        [['file', path]],
      );
    }
  });
  it('offer folders of all depths, once', () => {
    const rows = folderRows('', paths).map(({ detail }) => detail);
    assert.deepEqual(rows.toSorted(), ['app', 'app/[id]', 'src', 'src/client', 'src/client/deep']);
  });
  it('offer files behind letters alone', () => {
    assert.deepEqual(
      fewFileRows('chat', paths).map(({ insert }) => insert),
      ['@file:src/client/chat.ts'],
    );
    assert.deepEqual(fewFileRows('', paths), []);
  });
  it('offer symbols by their plain name', () => {
    const symbols = [
      { name: 'total(items)', container: 'Basket', path: 'a.ts' },
      { name: 'other', container: '', path: 'b.ts' },
    ];
    assert.deepEqual(
      symbolRows('Basket.tot', symbols).map(({ insert, detail }) => [insert, detail]),
      [['@symbol:total', 'Basket, a.ts']],
    );
  });
  it("prefer a person's own command to ours of the same name", () => {
    const own = { name: 'Fix', detail: 'mine', isOwn: true };
    const rows = commandRows('', [
      own,
      { name: 'fix', detail: 'ours', isOwn: false },
      { name: 'doc', detail: '', isOwn: false },
    ]);
    assert.deepEqual(
      rows.map(({ insert, detail }) => [insert, detail]),
      [
        ['/Fix', 'mine'],
        ['/doc', ''],
      ],
    );
  });
  it('are quick with ten thousand files', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, index) => `packages/part${index % 97}/src/d${index % 13}/file${index}.ts`,
    );
    const start = process.cpuUsage();
    for (const query of ['', 'p', 'part9', 'zq']) {
      folderRows(query, many);
      fewFileRows(query, many);
    }
    assert.ok(process.cpuUsage(start).user / 4_000 < 50, `${process.cpuUsage(start).user / 4_000} ms`);
  });
});

describe('items of context', () => {
  it('weigh as the table says, later ones of a kind less', () => {
    const [first, later] = [
      itemOf('workspace', { name: 'a', text: '' }),
      itemOf('workspace', { name: 'b', text: '', rank: 9 }),
    ];
    assert.ok(first.priority > later.priority && later.priority > KINDS.workspace.priority - 1);
    assert.ok(KINDS.selection.priority > KINDS.file.priority && KINDS.file.priority > KINDS.visible.priority);
  });
  it('are there once, the code in sight not beside its whole file', () => {
    const text = 'x';
    const items = [
      itemOf('visible', { name: 'a.ts:1-9', text }),
      itemOf('visible', { name: 'b.ts:1-9', text }),
      itemOf('file', { name: 'a.ts', text }),
      itemOf('file', { name: 'a.ts', text }),
    ];
    assert.deepEqual(
      withoutRepeats(items).map(({ id }) => id),
      ['visible:b.ts:1-9', 'file:a.ts'],
    );
  });
});

describe('instructionText', () => {
  it("is ours, then the project's by name", () => {
    const text = instructionText([
      { name: 'AGENTS.md', text: ' Use tabs.\n' },
      { name: 'empty.md', text: '\n' },
    ]);
    assert.ok(text.startsWith('You are Minnow') && text.endsWith('from AGENTS.md:\nUse tabs.'));
    assert.equal(instructionText([]).split('\n').length, 4);
  });
  it("is the project's alone for what is written into a file", () => {
    const text = projectText([{ name: 'AGENTS.md', text: 'Use tabs.' }]);
    assert.equal(text, "The project's own instructions, from AGENTS.md:\nUse tabs.");
    assert.equal(projectText([{ name: 'AGENTS.md', text: ' ' }]), '');
  });
  it('is bounded, and says what was cut', () => {
    const text = instructionText([
      { name: 'AGENTS.md', text: 'word word\n'.repeat(2_000) },
      { name: 'b.md', text: 'never' },
    ]);
    assert.ok(text.length < 7_000 && text.includes('The rest of AGENTS.md was left out') && !text.includes('b.md'));
  });
});

describe('expandBraces', () => {
  it('takes braces apart, one within another too', () => {
    assert.deepEqual(expandBraces('**/x'), ['**/x']);
    assert.deepEqual(expandBraces('**/*.{a,b}'), ['**/*.a', '**/*.b']);
    assert.deepEqual(new Set(expandBraces('{a,b{c,d}}/e')), new Set(['a/e', 'bc/e', 'bd/e']));
  });
});

describe('orAborted', () => {
  it('answers, fails and gives up', async () => {
    const control = new AbortController();
    assert.equal(await orAborted(Promise.resolve(1), control.signal), 1);
    await assert.rejects(orAborted(Promise.reject(new Error('no')), control.signal), /no/);
    const never = orAborted(new Promise(() => undefined), control.signal);
    control.abort();
    await assert.rejects(never, { name: 'AbortError' });
    await assert.rejects(orAborted(Promise.resolve(1), control.signal), { name: 'AbortError' });
  });
});
