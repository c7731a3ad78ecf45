import assert from 'node:assert/strict';
import { isRename, standsAt, wordAround } from '../../../../src/nextEdit/names';
import { type Rename, Renames } from '../../../../src/nextEdit/renames';

/** A line that is typed on. */
class Line {
  readonly renames = new Renames();
  start = 0;
  end = 0;

  constructor(
    public text: string,
    readonly line = 3,
  ) {}

  /** Puts the cursor behind a piece of the line. */
  behind(piece: string): this {
    return this.select(this.text.indexOf(piece) + piece.length, 0);
  }

  /** Selects a piece of the line. */
  on(piece: string): this {
    return this.select(this.text.indexOf(piece), piece.length);
  }

  select(start: number, length: number): this {
    [this.start, this.end] = [start, start + length];
    this.renames.moveTo({ line: this.line, text: this.text, start, end: this.end });
    return this;
  }

  /** Replaces what is selected. The editor tells the new selection only after that. */
  put(text: string): this {
    return this.replace(this.start, this.end, text);
  }

  type(text: string): this {
    for (const character of text) this.put(character);
    return this;
  }

  backspace(times: number): this {
    for (let each = 0; each < times; each++)
      this.replace(this.end === this.start ? this.start - 1 : this.start, this.end, '');
    return this;
  }

  replace(start: number, end: number, text: string): this {
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    this.renames.change({ line: this.line, start, end, text }, this.text);
    this.start = this.end = start + text.length;
    return this;
  }

  left(): Rename | undefined {
    return this.renames.renamed(false);
  }

  paused(): Rename | undefined {
    return this.renames.renamed(true);
  }
}

const line = (text = 'const total = 1;'): Line => new Line(text);
const renamed = (old: string, name: string, start = 6) => ({ old, name, line: 3, start });

describe('Renames', () => {
  it('sees a name that is selected and typed over, pasted over, or taken back and typed anew', () => {
    assert.deepEqual(line().on('total').type('sum').left(), renamed('total', 'sum'));
    assert.deepEqual(line().on('total').put('sum').left(), renamed('total', 'sum'));
    assert.deepEqual(line().behind('total').backspace(5).type('sum').left(), renamed('total', 'sum'));
    assert.deepEqual(line().on('total').put('').type('sum').left(), renamed('total', 'sum'));
  });

  it('sees letters put into a name, behind it, before it, and taken out', () => {
    assert.deepEqual(line().behind('tot').type('ally').left(), renamed('total', 'totallyal'));
    assert.deepEqual(line().behind('total').type('Sum').left(), renamed('total', 'totalSum'));
    assert.deepEqual(line().behind('const ').type('sub').left(), renamed('total', 'subtotal'));
    assert.deepEqual(line().behind('total').backspace(2).left(), renamed('total', 'tot'));
    assert.deepEqual(line().on('otal').put('wo').left(), renamed('total', 'two'));
  });

  it('sees a suggestion taken in the middle of it', () => {
    const typed = line().on('total').type('su');
    assert.deepEqual(typed.replace(6, 8, 'sumOfAll').left(), renamed('total', 'sumOfAll'));
  });

  it('does not take a pause for the end while a part of the old name, or something before it, is typed', () => {
    assert.equal(line().behind('total').backspace(2).paused(), undefined);
    assert.equal(line().behind('const ').type('let').paused(), undefined);
    assert.equal(line().on('total').put('').paused(), undefined);
    assert.deepEqual(line().on('total').type('sum').paused(), renamed('total', 'sum'));
  });

  it('leaves new names alone, also when they are changed while the cursor is on their line', () => {
    const typed = line('').select(0, 0).type('const total = 1;');
    assert.equal(typed.left(), undefined);
    assert.equal(typed.on('total').type('sum').left(), undefined);
    assert.equal(line('const a = ;').behind('= ').type('total').backspace(1).type('s').left(), undefined);
  });

  it('follows a name that is changed again, and one beside which something is typed', () => {
    const typed = line().on('total').type('sum');
    assert.deepEqual(typed.behind('sum').type('Of').left(), renamed('total', 'sumOf'));
    assert.deepEqual(typed.behind('con').put('xx').left(), undefined);
    const beside = line('  x(total, b);').on('total').type('sum');
    assert.deepEqual(beside.select(0, 2).put('').left(), renamed('total', 'sum', 2));
    assert.deepEqual(beside.behind(', ').type('"').left(), renamed('total', 'sum', 2));
  });

  it('takes no other code for a name', () => {
    for (const text of ['sum(x)', 'a.b', '1st', '', 'if', 'x', ' sum'])
      assert.equal(line().on('total').put(text).left(), undefined, text);
    assert.equal(line().on('total').type('sum').type('.').left(), undefined);
    assert.equal(line().on('total').type('sum').backspace(3).type('total').left(), undefined);
    assert.equal(line('const x = 12;').behind('12').type('3').left(), undefined);
    assert.equal(line('const x = 1;').on('x').type('index').left(), undefined);
    assert.equal(line().on('const').type('static').left(), undefined);
  });

  it('takes no refactoring for typing: a name replaced with nothing selected', () => {
    assert.equal(line().behind('tot').replace(6, 11, 'sum').left(), undefined);
    assert.equal(line().select(0, 0).replace(6, 11, 'sum').left(), undefined);
  });

  it('knows names of other scripts, and characters of two code units', () => {
    assert.deepEqual(line('let größe = 1').on('größe').type('länge').left(), renamed('größe', 'länge', 4));
    assert.deepEqual(line('"😀" + 𝒳𝒴').behind('𝒳𝒴').put('𝒵').left(), renamed('𝒳𝒴', '𝒳𝒴𝒵', 7));
    assert.equal(line('😀total').on('total').put('😀').left(), undefined);
  });

  it('forgets when the line is not what it knew, and when another line is entered', () => {
    const typed = line().on('total').type('su');
    typed.text = `  ${typed.text}`;
    assert.equal(typed.type('m').left(), undefined);
    const left = line().on('total').type('sum');
    left.renames.moveTo({ line: 4, text: '', start: 0, end: 0 });
    assert.equal(left.left(), undefined);
  });

  it('tells when the name is left', () => {
    const typed = line().on('total').type('sum');
    const cursor = { line: 3, text: typed.text };
    assert.ok(!typed.renames.isLeft({ ...cursor, start: 6, end: 9 }));
    assert.ok(typed.renames.isLeft({ ...cursor, start: 5, end: 5 }));
    assert.ok(typed.renames.isLeft({ ...cursor, start: 6, end: 10 }));
    assert.ok(typed.renames.isLeft({ line: 4, text: '', start: 7, end: 7 }));
    assert.ok(!new Renames().isLeft({ line: 4, text: '', start: 7, end: 7 }));
  });

  it('agrees with the line whatever is typed', () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 0x7fffffff;
      return seed % below;
    };
    const pieces = ['a', 'total', '', ' ', '(', 'ü', '𝒳', '😀', '.', '_1'];
    let seen = 0;
    for (let round = 0; round < 20_000; round++) {
      const typed = line('let total = sum(größe, 𝒳𝒴) + "😀";').on(pieces[random(2)] ?? '');
      const before = typed.text;
      for (let each = random(6); each >= 0; each--) {
        const start = random(typed.text.length);
        if (random(3) === 0) typed.select(start, random(4));
        typed.put(pieces[random(pieces.length)] ?? '');
      }
      const rename = typed.left();
      if (rename === undefined) continue;
      seen++;
      assert.ok(isRename(rename.old, rename.name));
      assert.ok(before.includes(rename.old));
      assert.ok(standsAt(typed.text, rename.start, rename.name), `${typed.text} ${JSON.stringify(rename)}`);
    }
    assert.ok(seen > 500, `${seen} renames seen`);
  });
});

describe('wordAround', () => {
  it('is the longest name around, empty where there is none', () => {
    assert.deepEqual(wordAround('a total b', { start: 4, end: 5 }), { start: 2, end: 7 });
    assert.deepEqual(wordAround('a total b', { start: 2, end: 2 }), { start: 2, end: 7 });
    assert.deepEqual(wordAround('()', { start: 1, end: 1 }), { start: 1, end: 1 });
    assert.deepEqual(wordAround('', { start: 0, end: 0 }), { start: 0, end: 0 });
    assert.equal(wordAround('a total b', { start: 0, end: 3 }), undefined);
    assert.deepEqual(wordAround('😀𝒳𝒴😀', { start: 4, end: 4 }), { start: 2, end: 6 });
  });
});
