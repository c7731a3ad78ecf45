import assert from 'node:assert/strict';
import { fuzzyFind } from '../../../../../src/chat/context/fuzzy';
import { outlineOf } from '../../../../../src/chat/context/outline';
import { placesOf, quoted, withLines } from '../../../../../src/chat/context/paths';
import { IgnoreRules } from '../../../../../src/privacy/ignoreRules';

const one = [{ name: 'shop', path: '/home/a/shop' }];
const two = [...one, { name: 'api', path: '/home/a/api' }];

describe('placesOf', () => {
  it('finds a path in the only folder', () => {
    assert.deepEqual(placesOf('./src\\a.ts', one), [{ folder: 0, path: 'src/a.ts' }]);
    assert.deepEqual(placesOf('/home/a/shop/src/a.ts', one), [{ folder: 0, path: 'src/a.ts' }]);
  });
  it('takes a folder in front for one of several, before a path in any of them', () => {
    assert.deepEqual(placesOf('api/a.ts', two), [
      { folder: 1, path: 'a.ts' },
      { folder: 0, path: 'api/a.ts' },
      { folder: 1, path: 'api/a.ts' },
    ]);
    assert.deepEqual(placesOf('api', two)[0], { folder: 1, path: '' });
  });
  it('finds nothing outside of the folders', () => {
    for (const path of ['../x', 'src/../../x', '/etc/passwd', '/home/a/shopping/x', 'C:\\x', '/home/a/shop/../x'])
      assert.deepEqual(placesOf(path, two), [], path);
  });
  it('knows drives', () => {
    const windows = [{ name: 'shop', path: '/c:/code/Shop' }];
    assert.deepEqual(placesOf('C:\\code\\shop\\Src\\a.ts', windows), [{ folder: 0, path: 'Src/a.ts' }]);
  });
});

describe('names', () => {
  it('are written with lines, and in quotes where they must be', () => {
    assert.equal(withLines('a.ts', [2, 19]), 'a.ts:3-20');
    assert.equal(withLines('a.ts', [2, 2]), 'a.ts:3');
    assert.equal(quoted('src/a.ts'), 'src/a.ts');
    assert.equal(quoted('my notes.md'), '"my notes.md"');
  });
});

describe('fuzzyFind', () => {
  const paths = [
    'src/client/client.ts',
    'src/client/chatClient.ts',
    'test/chat.test.ts',
    'docs/cheat-line.md',
    'README.md',
  ];
  const find = (query: string): string[] => fuzzyFind(query, paths, (path) => path, 3);
  it('prefers names to folders and whole words to letters', () => {
    assert.equal(find('client')[0], 'src/client/client.ts');
    assert.equal(find('chcl')[0], 'src/client/chatClient.ts');
    assert.equal(find('readme')[0], 'README.md');
    assert.equal(find('client/chat')[0], 'src/client/chatClient.ts');
    assert.deepEqual(find('zzz'), []);
  });
  it('keeps the order for no letters: recent ones come first', () => assert.deepEqual(find(''), paths.slice(0, 3)));
  it('is quick with ten thousand paths', () => {
    const many = Array.from(
      { length: 10_000 },
      (_, index) => `packages/part${index % 97}/src/deep/fileNumber${index}.ts`,
    );
    const start = process.cpuUsage();
    for (const query of ['f', 'fn77', 'part9/file', 'zq']) fuzzyFind(query, many, (path) => path, 20);
    assert.ok(process.cpuUsage(start).user / 4_000 < 50, `${process.cpuUsage(start).user / 4_000} ms`);
  });
});

describe('IgnoreRules', () => {
  const rules = new IgnoreRules([
    { folder: '', text: 'dist/\n*.log\r\n!keep.log\n/secret\n' },
    { folder: 'packages/a', text: '!a.log\nlocal.*\n' },
  ]);
  const cases: readonly (readonly [path: string, ignored: boolean])[] = [
    ['src/a.ts', false],
    ['dist/a.js', true],
    ['packages/a/dist/x/a.js', true],
    ['a.log', true],
    ['keep.log', false],
    ['packages/a/a.log', false],
    ['packages/b/a.log', true],
    ['packages/a/local.json', true],
    ['local.json', false],
    ['secret/a.ts', true],
    ['src/secret/a.ts', false],
    ['dist/keep.log', true],
  ];
  for (const [path, ignored] of cases)
    it(`${ignored ? 'ignores' : 'keeps'} ${path}`, () => assert.equal(rules.ignores(path), ignored));
});

describe('outlineOf', () => {
  it('draws a tree, files before folders', () => {
    assert.equal(outlineOf(['b/c.ts', 'a.ts', 'b/d/e.ts', 'z.ts'], 10), 'a.ts\nz.ts\nb/\n  c.ts\n  d/\n    e.ts');
  });
  it('says what it leaves out', () => assert.equal(outlineOf(['a', 'b', 'c'], 2), 'a\nb\n… and 1 more'));
});
