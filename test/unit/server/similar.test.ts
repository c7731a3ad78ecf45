import assert from 'node:assert/strict';
import { similarPieces } from '../../../server/context/similar';

const shape =
  'export class Shape {\n  area(width: number, height: number): number {\n    return width * height;\n  }\n}\n';
const noise = 'export function unrelated(): void {\n  somethingElse(altogether, differently);\n}\n';
const here = 'const shape = new Shape();\nshape.area(width, height);\n';

describe('similarPieces', () => {
  it('takes what shares most, the most related last', () => {
    const candidates = [
      { path: 'src/shape.ts', text: shape, age: 0 },
      { path: 'src/noise.ts', text: noise, age: 1 },
      {
        path: 'src/half.ts',
        text: 'export const width = 3;\nexport const height = other(more, names, here);\n',
        age: 2,
      },
    ];
    assert.deepEqual(
      similarPieces(here, 'src/a.ts', candidates, 1_000).map(({ path }) => path),
      ['src/half.ts', 'src/shape.ts'],
    );
  });

  it('keeps within its budget, and takes nothing where nothing is alike', () => {
    const candidates = [{ path: 'src/shape.ts', text: shape, age: 0 }];
    assert.deepEqual(similarPieces(here, 'src/a.ts', candidates, shape.length - 1), []);
    assert.deepEqual(similarPieces(here, 'src/a.ts', [{ path: 'n.ts', text: noise, age: 0 }], 1_000), []);
  });

  it('takes the alike part of a long file only', () => {
    const text = `${noise.repeat(20)}\n${shape}\n${noise.repeat(20)}`;
    const [piece] = similarPieces(here, 'src/a.ts', [{ path: 'src/long.ts', text, age: 0 }], 2_000);
    assert.ok(piece?.text.includes('area(width') && piece.text.length < text.length / 2);
  });
});
