import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { breathing } from '../../../../../src/breath';
import { chunksOf } from '../../../../../src/chat/context/search/chunks';
import { Indexing } from '../../../../../src/chat/context/search/indexing';
import { Reranking } from '../../../../../src/chat/context/search/rerank';
import { SearchIndex } from '../../../../../src/chat/context/search/searchIndex';
import { questionTokens, tokensOf } from '../../../../../src/chat/context/search/tokens';
import { root } from '../../../../support/server';

const { signal } = new AbortController();

describe('tokensOf', () => {
  it('knows identifiers whole and in parts', () => {
    assert.deepEqual(tokensOf('readHTTPHeader2 read_file'), [
      'readhttpheader2',
      'read',
      'http',
      'head',
      'read_fil',
      'read',
      'fil',
    ]);
  });
  it('brings endings together', () => {
    for (const group of ['resume resumed resumes resuming', 'download downloads downloaded downloading downloader'])
      assert.equal(new Set(tokensOf(group)).size, 1, group);
    assert.deepEqual(questionTokens('Where is the download resumed?'), tokensOf('download resumed'));
  });
  it('takes common words where there are no others', () => assert.ok(questionTokens('what is this').length > 0));
});

describe('chunksOf', () => {
  it('covers every line once, and begins at blank lines', () => {
    const text = Array.from({ length: 200 }, (_, line) => (line % 45 === 44 ? '' : `line ${line}`)).join('\r\n');
    const chunks = chunksOf(text);
    assert.equal(chunks.map(({ text }) => text).join('\n'), text.replaceAll('\r', ''));
    assert.deepEqual(chunks[1]?.lines[0], 44);
    assert.ok(chunks.every(({ lines: [first, last] }) => last - first < 60));
  });
  it('leaves out what no person wrote, and nothing', () => {
    assert.deepEqual(chunksOf('x'.repeat(10_000)), []);
    assert.deepEqual(chunksOf('\n \n'), []);
  });
});

/** This repository's own sources. */
const corpus = new Map(
  ['src', 'server', 'models', 'docs'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .map((name) => path.posix.join(folder, String(name).replaceAll('\\', '/')))
      .filter((name) => /\.(ts|md|json)$/.test(name))
      .map((name) => [name, readFileSync(path.join(root, name), 'utf8')] as const),
  ),
);

describe('searching this repository', () => {
  const index = new SearchIndex();
  before(async () => {
    const breathe = breathing(signal);
    for (const [name, text] of corpus) await index.set(name, text, breathe);
  });
  const cases: readonly (readonly [question: string, file: RegExp])[] = [
    ['where is the download resumed', /src\/download\/(downloads?|journal|part|unfinished)\.ts/],
    ['how are threads chosen for the processor?', /server\/llm\/(backend|load)\.ts/],
    ['Which files are secret?', /src\/privacy\/secretFiles\.ts/],
    ['what decides whether ghost text is shown while typing', /src\/completion\/(policy|ghostText)\.ts/],
    ['isRepetitive output of the model is endless', /rules\/isEndless\.ts/],
    ['what is done when a server has died many times', /src\/recovery\.ts/],
    ['verify the digest of a file that was fetched', /src\/download\/verify\.ts/],
  ];
  for (const [question, file] of cases)
    it(`finds what "${question}" is about among the first five files`, () => {
      const files = [...new Set(index.find(question, 50).map((hit) => hit.path))].slice(0, 5);
      assert.ok(
        files.some((name) => file.test(name)),
        files.join(', '),
      );
    });
  it('forgets what was removed', async () => {
    index.remove('src/privacy/secretFiles.ts');
    assert.ok(index.find('isSecretFile', 50).every((hit) => hit.path !== 'src/privacy/secretFiles.ts'));
    await index.set(
      'src/privacy/secretFiles.ts',
      corpus.get('src/privacy/secretFiles.ts') ?? '',
      async () => undefined,
    );
    assert.ok(index.find('isSecretFile', 50).some((hit) => hit.path === 'src/privacy/secretFiles.ts'));
  });
});

describe('Indexing', () => {
  const files = new Map(
    Array.from({ length: 30 }, (_, index) => [`f${index}.ts`, `function word${index}() { return common; }\n`]),
  );
  const bounds = { files: 20, characters: 1e6, charactersOfOne: 1e4, timeMs: 60_000 };
  const reads: string[] = [];
  const parts = {
    list: async () => [...files.keys()],
    read: async (name: string) => {
      reads.push(name);
      return files.get(name);
    },
  };

  it('is bounded, and says so', async () => {
    const { searched, of, hits } = await new Indexing(parts, bounds).find('common', 50, signal);
    assert.deepEqual([searched, of, hits.length], [20, 30, 20]);
  });
  it('goes on with the next question where its time was over', async () => {
    const indexing = new Indexing(parts, { ...bounds, files: 1e3, timeMs: 0 });
    assert.equal((await indexing.find('common', 50, signal)).searched, 0);
    const unhurried = new Indexing(parts, { ...bounds, files: 1e3 });
    assert.equal((await unhurried.find('common', 50, signal)).searched, 30);
  });
  it('reads again only what has changed, and forgets what is gone', async () => {
    const indexing = new Indexing(parts, bounds);
    await indexing.find('common', 50, signal);
    reads.length = 0;
    files.set('f3.ts', 'function renamed() {}\n');
    indexing.didChange('f3.ts');
    assert.equal((await indexing.find('renamed', 5, signal)).hits[0]?.path, 'f3.ts');
    assert.deepEqual(reads, ['f3.ts']);
    files.delete('f4.ts');
    const { hits } = await indexing.find('word4', 50, signal);
    assert.ok(hits.length > 0 && hits.every((hit) => hit.path !== 'f4.ts'));
  });
  it('ends when it is given up, and can be asked again', async () => {
    const indexing = new Indexing(parts, bounds);
    await assert.rejects(indexing.find('common', 5, AbortSignal.abort()), { name: 'AbortError' });
    assert.ok((await indexing.find('common', 5, signal)).hits.length > 0);
  });
  it('lets others run all the time', async () => {
    const large = [...corpus].flatMap(([name, text]) => [1, 2, 3].map((copy) => [String(copy) + name, text] as const));
    const texts = new Map(large);
    const indexing = new Indexing({ list: async () => [...texts.keys()], read: async (name) => texts.get(name) });
    let longest = 0;
    let since = process.cpuUsage();
    const timer = setInterval(() => {
      longest = Math.max(longest, process.cpuUsage(since).user / 1_000);
      since = process.cpuUsage();
    }, 1);
    await indexing.find('download', 5, signal);
    clearInterval(timer);
    // Wide of what is meant, about 5 ms: the processor's time for collecting garbage is in it.
    assert.ok(longest > 0 && longest < 100, `${longest} ms`);
  });
});

describe('Reranking', () => {
  const pieces = [{ text: 'cars' }, { text: 'fish' }, { text: 'boats' }];
  const points: Readonly<Record<string, readonly number[]>> = {
    cars: [1, 0],
    fish: [0, 1],
    boats: [0.6, 0.8],
    sea: [0, 2],
  };
  it('puts the nearest first, and asks for no text twice', async () => {
    const asked: string[] = [];
    const reranking = new Reranking(async (texts) => {
      asked.push(...texts);
      return texts.map((text) => points[text] ?? []);
    });
    const names = async () => (await reranking.rank('sea', pieces, signal)).map(({ text }) => text);
    assert.deepEqual(
      [await names(), await names()],
      [
        ['fish', 'boats', 'cars'],
        ['fish', 'boats', 'cars'],
      ],
    );
    assert.deepEqual(asked, ['sea', 'cars', 'fish', 'boats']);
  });
  it('leaves the order of words where there is no model, or it fails', async () => {
    assert.deepEqual(await new Reranking(async () => undefined).rank('sea', pieces, signal), pieces);
    const failing = new Reranking(() => Promise.reject(new Error('died')));
    assert.deepEqual(await failing.rank('sea', pieces, signal), pieces);
    await assert.rejects(failing.rank('sea', pieces, AbortSignal.abort()), { name: 'AbortError' });
  });
});
