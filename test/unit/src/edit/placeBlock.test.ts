import assert from 'node:assert/strict';
import { type NamedRange, placeBlock } from '../../../../src/edit/placeBlock';

const lines = (text: string): string[] => text.split('\n');
const file = lines(`import a from 'a';

export function first(x) {
  const one = 1;
  const two = 2;
  return one + two;
}

export function second(x) {
  const one = 1;
  return one;
}

class Third {
  run() {
    go();
    stop();
  }
}`);
/** Definitions by their names and lines, the last line included. */
const named = (...ranges: readonly (readonly [string, number, number])[]): NamedRange[] =>
  ranges.map(([name, first, last]) => ({ name, first, count: last - first + 1 }));
const names = named(['first', 2, 6], ['second', 8, 11], ['Third', 13, 18], ['run', 14, 17]);

interface Case {
  readonly block: string;
  readonly own?: NamedRange[];
  /** How it is placed, where, and the whole file then; or why it is not. */
  readonly by?: string;
  readonly at?: readonly [number, number];
  readonly lines?: string;
  readonly why?: string;
}

const cases: Record<string, Case> = {
  'a run with a line changed inside': {
    block: '  const two = 2;\n  log(two);\n  return one + two;',
    by: 'exact',
    at: [4, 2],
    lines: '  const two = 2;\n  log(two);\n  return one + two;',
  },
  'a whole function told by its first and last lines': {
    block: 'export function second(x) {\n  const one = 1;\n  log(one);\n  return one;\n}\n',
    own: named(['second', 0, 4]),
    by: 'exact',
    at: [8, 4],
    lines: 'export function second(x) {\n  const one = 1;\n  log(one);\n  return one;\n}',
  },
  'another indentation': {
    block: 'go();\nwait();\nstop();',
    by: 'whitespace',
    at: [15, 2],
    lines: '    go();\n    wait();\n    stop();',
  },
  'more indentation than the file has': {
    block: '      const two = 2;\n      if (two) {\n        log();\n      }\n      return one + two;',
    by: 'whitespace',
    at: [4, 2],
    lines: '  const two = 2;\n  if (two) {\n    log();\n  }\n  return one + two;',
  },
  'a function of the same name, rewritten': {
    block: 'export function first(x, y) {\n  return x + y;\n}',
    own: named(['first', 0, 2]),
    by: 'syntax',
    at: [2, 5],
    lines: 'export function first(x, y) {\n  return x + y;\n}',
  },
  'a method at another indentation': {
    block: 'run() {\n  stop();\n}',
    own: named(['run', 0, 2]),
    by: 'whitespace',
    at: [14, 4],
    lines: '  run() {\n    stop();\n  }',
  },
  'left out at the end of a function': {
    block: 'export function first(x) {\n  const one = 1;\n  log(one);\n  const two = 2;\n  // ... existing code ...\n}',
    own: named(['first', 0, 5]),
    by: 'syntax',
    at: [2, 5],
    lines: 'export function first(x) {\n  const one = 1;\n  log(one);\n  const two = 2;\n  return one + two;\n}',
  },
  'left out around a run': {
    block: '// ... existing code ...\n    go();\n    again();\n    stop();\n// ... rest of the code ...',
    by: 'exact',
    at: [15, 2],
    lines: '    go();\n    again();\n    stop();',
  },
  'two runs with lines left out between': {
    block:
      "import a from 'a';\nimport b from 'b';\n\nexport function first(x) {\n  // ...\n    go();\n    b();\n    stop();",
    by: 'exact',
    at: [0, 17],
    lines: [
      "import a from 'a';\nimport b from 'b';\n\nexport function first(x) {",
      ...file.slice(3, 15),
      '    go();\n    b();\n    stop();',
    ].join('\n'),
  },
  'lines that stand twice': { block: '  const one = 1;\n', why: 'several' },
  'a new line before what is left out': {
    block: 'export function first(x) {\n  const three = 3;\n  // ... existing code ...\n}',
    own: named(['first', 0, 3]),
    why: 'none',
  },
  'nothing alike': { block: 'nothing();\nof_this();', why: 'none' },
  'what the file has already': { block: '    go();\n    stop();', why: 'same' },
  'ends that are alike and nothing between': {
    block: "import a from 'a';\nwhole();\nother();\n    stop();",
    why: 'unlike',
  },
  'only words for what is left out': { block: '// ... existing code ...', why: 'none' },
  'nothing at all': { block: '\n\n', why: 'none' },
  'two definitions': {
    block: 'function first() {\n  x();\n}\nfunction second() {\n}',
    own: named(['first', 0, 2], ['second', 3, 4]),
    why: 'none',
  },
};

describe('placeBlock', () => {
  for (const [what, { block, own = [], by, at, lines: text, why }] of Object.entries(cases))
    it(what, () => {
      const placed = placeBlock(file, names, { lines: lines(block), names: own });
      if (placed.kind === 'misplaced') assert.equal(placed.why, why);
      else
        assert.deepEqual(
          [placed.by, [placed.range.first, placed.range.count], placed.lines.join('\n')],
          [by, at, text],
        );
    });

  it('does not choose between two definitions of a name', () => {
    const twice = [...names, ...named(['first', 13, 18])];
    const block = { lines: lines('function first() {\n  new();\n}'), names: named(['first', 0, 2]) };
    assert.deepEqual(placeBlock(file, twice, block), { kind: 'misplaced', why: 'several' });
  });

  it('takes words as code where the file has the same line', () => {
    const own = ['start();', '// ... existing code ...', 'end();'];
    const block = { lines: ['start();', '// ... existing code ...', 'more();', 'end();'], names: [] };
    const placed = placeBlock(own, [], block);
    assert.deepEqual(placed, { kind: 'placed', by: 'exact', range: { first: 0, count: 3 }, lines: block.lines });
  });

  it('keeps every line of the file that it leaves out, wherever it is cut', () => {
    let times = 0;
    for (let cut = 1; cut < file.length; cut++)
      for (let end = cut; end < file.length; end++) {
        const above = file.slice(0, cut).toSpliced(cut - 1, 0, 'inserted();');
        const block = [...above, '// ... existing code ...', ...file.slice(end)];
        const placed = placeBlock(file, [], { lines: block, names: [] });
        if (placed.kind === 'misplaced') continue;
        times++;
        const after = file.toSpliced(placed.range.first, placed.range.count, ...placed.lines);
        assert.deepEqual(after, file.toSpliced(cut - 1, 0, 'inserted();'));
      }
    assert.ok(times > 20, `placed ${times} times`);
  });
});
