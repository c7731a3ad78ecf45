import assert from 'node:assert/strict';
import { cutHoles as cut, type Hole, holeKinds, textWithHole } from '../../../server/measure/holes';
import { closersAt, linesOf } from '../../../server/measure/lines';
import { COMMENT, LONG_STRING, maskOf } from '../../../server/measure/mask';
import type { HoleKind, SourceFile } from '../../../server/measureProtocol';

const typescript = `import {
  one,
} from './one';

/** Adds { and ( of a comment. */
export function total(items: readonly Item[]): number {
  let sum = 0;
  for (const item of items) {
    sum += item.price * item.count;
  }
  return round(sum, 2);
}
`;
const python = `"""A module (with a bracket."""
from os import path

def names(people):
    found = []
    for person in people:
        found.append(person.name)
    return sorted(found)
`;

const file = (path: string, languageId: string, text: string): SourceFile => ({ path, languageId, text });
const files = [file('a.ts', 'typescript', typescript), file('b.py', 'python', python)];
const cutHoles = (from: readonly SourceFile[], count: number, seed: number): Hole[] =>
  Array.from(cut(from, count, seed));
const told = ({ file: { path }, kind, start, truth }: Hole): string => `${path} ${kind} ${start} ${truth}`;
const all = (text: string, kind: HoleKind, languageId = 'typescript'): string[] =>
  [1, 2, 3, 4, 5, 6, 7, 8].flatMap((seed) =>
    cutHoles([file('x', languageId, text)], 200, seed)
      .filter((hole) => hole.kind === kind)
      .map(({ truth }) => truth),
  );

describe('cutHoles', () => {
  it('gives the same holes for the same seed, in whatever order the files come', () => {
    assert.deepEqual(cutHoles(files, 12, 7).map(told), cutHoles(files.toReversed(), 12, 7).map(told));
    assert.notDeepEqual(cutHoles(files, 12, 7).map(told), cutHoles(files, 12, 8).map(told));
  });

  it('begins with the holes of a smaller number', () => {
    assert.deepEqual(cutHoles(files, 12, 7).slice(0, 5).map(told), cutHoles(files, 5, 7).map(told));
  });

  it('cuts all kinds of all languages', () => {
    const holes = cutHoles(files, 40, 1);
    for (const languageId of ['typescript', 'python'])
      for (const kind of holeKinds)
        assert.ok(
          holes.some((hole) => hole.kind === kind && hole.file.languageId === languageId),
          `${kind} of ${languageId}`,
        );
  });

  it('puts back together what it cut', () => {
    for (const hole of cutHoles(files, 40, 3)) {
      const { start, truth, closers } = hole;
      const holed = textWithHole(hole);
      const filled = holed.slice(0, start) + truth + holed.slice(start + closers.length);
      assert.equal(filled, hole.file.text);
    }
  });

  it('leaves imports, comments and lone closing brackets alone', () => {
    for (const hole of cutHoles(files, 100, 1)) {
      const before = hole.file.text.slice(0, hole.start).split('\n').length;
      const line = hole.file.text.split('\n')[before - 1] ?? '';
      assert.doesNotMatch(line, /^(import|from|}|\/\*\*|""")|one/, line);
    }
  });

  it('cuts whole statements, with the block that they open', () => {
    const statements = all(typescript, 'statement');
    assert.ok(statements.includes('let sum = 0;'));
    assert.ok(statements.includes('for (const item of items) {\n    sum += item.price * item.count;\n  }'));
    assert.ok(all(python, 'statement', 'python').includes('for person in people:\n        found.append(person.name)'));
  });

  it('cuts what stands in a block, behind its opening or in the new line', () => {
    assert.ok(all(typescript, 'block').includes('\n    sum += item.price * item.count;\n  '));
    assert.ok(all(typescript, 'block').includes('sum += item.price * item.count;'));
    assert.ok(all(python, 'block', 'python').includes('\n        found.append(person.name)'));
    assert.ok(all('def a\n  work(1)\nend\n', 'block', 'ruby').includes('\n  work(1)\nend'));
  });

  it('leaves generated and binary files out', () => {
    assert.deepEqual(cutHoles([file('x.ts', 'typescript', `// @generated\n${typescript}`)], 5, 1), []);
    assert.deepEqual(cutHoles([file('x.ts', 'typescript', `a\0\n${typescript}`)], 5, 1), []);
  });
});

describe('linesOf', () => {
  const kinds = (languageId: string, text: string): string =>
    linesOf(text, languageId)
      .map(({ kind }) => kind)
      .join(' ');

  it('takes an import to be as long as its brackets, and a namespace for none', () => {
    assert.equal(kinds('go', 'import (\n\t"a"\n)\nvar x = 1'), 'other other other code');
    assert.equal(kinds('cpp', '#include <a>\nnamespace b {\nint c;\n}'), 'other code code closer');
    assert.equal(kinds('csharp', 'using A.B;\nusing (a) {\n}'), 'other code closer');
  });

  it('tells comments and the inside of long strings', () => {
    assert.equal(kinds('python', 'def a():\n  """b\n  c"""\n  # d\n\n  return 1'), 'code other other other blank code');
  });
});

describe('maskOf', () => {
  const masks: readonly (readonly [languageId: string, text: string, mask: string])[] = [
    ['typescript', 'a // b\nc', `a ${COMMENT.repeat(4)}\nc`],
    ['typescript', 'f("(\\"")', 'f(""""")'],
    ['typescript', 'a /* ( */ b', `a ${COMMENT.repeat(7)} b`],
    ['typescript', '`a\nb` c', `${LONG_STRING.repeat(2)}\n${LONG_STRING.repeat(2)} c`],
    ['python', '"""(\n"""x', `${LONG_STRING.repeat(4)}\n${LONG_STRING.repeat(3)}x`],
    ['python', "it # isn't\nso", `it ${COMMENT.repeat(7)}\nso`],
    ['rust', 'f::<\'a>(\'(\', r#"a"b"#)', `f::<'a>(''', r#${'"'.repeat(6)})`],
    ['shellscript', `\${#list} # (`, `\${#list} ${COMMENT.repeat(3)}`],
    ['lua', 'a - b -- (', `a - b ${COMMENT.repeat(4)}`],
  ];
  for (const [languageId, text, mask] of masks)
    it(`masks ${JSON.stringify(text)} in ${languageId}`, () => assert.equal(maskOf(text, languageId), mask));
});

describe('closersAt', () => {
  const closed: readonly (readonly [text: string, closers: string | undefined])[] = [
    ['f(a█, b)', ')'],
    ['f([a█])', '])'],
    ['f("a█b")', '")'],
    ['f("ab"█)', ')'],
    ['f()█;', ''],
    ['`a█b\nc`', undefined],
  ];
  for (const [marked, closers] of closed)
    it(`tells what an editor closed in ${JSON.stringify(marked)}`, () => {
      const [line] = linesOf(marked.replace('█', ''), 'typescript');
      assert.equal(line && closersAt(line, marked.indexOf('█')), closers);
    });
});
