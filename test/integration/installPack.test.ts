import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EnginePack } from '../../src/hardware/enginePacks';
import { gpuEngines, installedPacks, removeOtherPacks, removePack } from '../../src/hardware/installedPacks';
import { installPack, type PackFailure } from '../../src/hardware/installPack';
import { type Entry, packOf, tarball, writePart } from '../support/tarball';

const bins = 'package/bins/linux-x64-vulkan';
const good: readonly Entry[] = [
  { path: 'package/package.json', text: '{}' },
  { path: `${bins}/llama-addon.node`, text: 'addon' },
  { path: `${bins}/_nlcBuildMetadata.json`, text: '{}' },
  { path: `${bins}/libggml.vulkan.v0.4.0.so`, text: 'library' },
  { path: `${bins}/llama-addon.lib`, text: 'for linkers only' },
];
const { signal } = new AbortController();

describe('installPack', () => {
  let folder: string;
  let into: string;
  let engineFolder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow packs ü '));
    into = path.join(folder, 'engines');
    file = path.join(folder, 'pack.tgz');
    engineFolder = path.join(folder, 'engine');
    for (const each of ['dist', 'llama', 'bins/linux-x64'])
      await mkdir(path.join(engineFolder, each), { recursive: true });
    await writeFile(path.join(engineFolder, 'package.json'), '{"version":"1.2.3"}');
    for (const each of ['LICENSE', 'dist/index.mjs', 'llama/info.json', 'bins/linux-x64/llama-addon.node'])
      await writeFile(path.join(engineFolder, each), each);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const install = (pack: EnginePack, from: readonly string[] = [file], until = signal): Promise<string> =>
    installPack(pack, { from, engineFolder, into }, until);
  const filesIn = async (where: string): Promise<string[]> =>
    (await readdir(where, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(where, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .toSorted();
  /** The installation fails so, and leaves nothing. */
  async function refused(pack: EnginePack, code: PackFailure): Promise<void> {
    await assert.rejects(install(pack), { name: 'PackError', code });
    assert.deepEqual(existsSync(into) ? await readdir(into) : [], []);
  }

  it('makes a whole engine, with the packaged processor’s binaries', async () => {
    const installed = await install(packOf(writePart(file, tarball(good))));
    assert.equal(installed, path.join(into, '1.2.3-vulkan'));
    assert.deepEqual(await filesIn(installed), [
      'LICENSE',
      'bins/linux-x64-vulkan/_nlcBuildMetadata.json',
      'bins/linux-x64-vulkan/libggml.vulkan.v0.4.0.so',
      'bins/linux-x64-vulkan/llama-addon.node',
      'bins/linux-x64/llama-addon.node',
      'dist/index.mjs',
      'llama/info.json',
      'package.json',
    ]);
    assert.equal(await readFile(path.join(installed, 'bins/linux-x64-vulkan/llama-addon.node'), 'utf8'), 'addon');
    assert.deepEqual(await readdir(into), ['1.2.3-vulkan']);
    assert.ok(existsSync(file));
  });

  it('takes a second part beside the first', async () => {
    const second = path.join(folder, 'ext.tgz');
    const library = { path: `${bins}/fallback/libggml-cuda.so`, text: 'for CUDA 12' };
    const pack = packOf(writePart(file, tarball(good)), writePart(second, tarball([library])));
    const installed = await install(pack, [file, second]);
    assert.ok((await filesIn(installed)).includes('bins/linux-x64-vulkan/fallback/libggml-cuda.so'));
    await assert.rejects(install(pack), /2 tarballs wanted/);
  });

  it('replaces what was there, and keeps it where the new one is damaged', async () => {
    const installed = await install(packOf(writePart(file, tarball(good))));
    const newer = [...good.slice(0, 3), { path: `${bins}/newer.so`, text: 'newer' }];
    const pack = packOf(writePart(file, tarball(newer)));
    await install(pack);
    const files = await filesIn(installed);
    assert.ok(files.includes('bins/linux-x64-vulkan/newer.so') && !files.join().includes('libggml'));
    await writeFile(file, 'damaged');
    await assert.rejects(install(pack), { code: 'packDamaged' });
    assert.deepEqual(await filesIn(installed), files);
    assert.deepEqual(await readdir(into), ['1.2.3-vulkan']);
  });

  it('refuses another file than the one that was published', async () => {
    const part = writePart(file, tarball(good));
    const bytes = await readFile(file);
    await writeFile(file, Buffer.concat([bytes.subarray(0, -1), Buffer.from([7])]));
    await refused(packOf(part), 'packDamaged');
    await writeFile(file, bytes.subarray(0, -1));
    await refused(packOf(part), 'packDamaged');
    await rm(file);
    await refused(packOf(part), 'packDamaged');
  });

  it('refuses an archive that breaks off, or is none', async () => {
    const whole = tarball(good);
    await refused(packOf(writePart(file, whole.subarray(0, whole.length / 2))), 'packDamaged');
    await refused(packOf(writePart(file, Buffer.from('no archive'))), 'packDamaged');
  });

  it('refuses paths that lead elsewhere, and links', async () => {
    const evil: readonly Entry[] = [
      { path: `${bins}/../../../../evil`, text: 'x' },
      { path: `${path.join(folder, 'evil')}`, text: 'x' },
      { path: '../evil', text: 'x' },
      { path: 'package/bins/linux-x64-vulkan/..\\..\\..\\evil', text: 'x' },
      { path: `${bins}/evil.so`, type: 'SymbolicLink', linkpath: '/etc/passwd' },
      { path: `${bins}/evil.so`, type: 'Link', linkpath: `${bins}/llama-addon.node` },
    ];
    for (const entry of evil) {
      await refused(packOf(writePart(file, tarball([...good, entry]))), 'packDamaged');
      await refused(packOf(writePart(file, tarball([entry, ...good]))), 'packDamaged');
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.includes('evil')),
        [],
      );
    }
  });

  it('refuses a pack without an engine in it', async () => {
    await refused(packOf(writePart(file, tarball(good.slice(0, 1)))), 'packIncomplete');
    await refused(packOf(writePart(file, tarball(good.slice(0, 2)))), 'packIncomplete');
  });

  it('refuses where the packaged engine is missing or of another version', async () => {
    const pack = packOf(writePart(file, tarball(good)));
    await refused({ ...pack, version: '1.2.4' }, 'engineMissing');
    await writeFile(path.join(engineFolder, 'package.json'), '{');
    await refused(pack, 'engineMissing');
    await rm(path.join(engineFolder, 'dist'), { recursive: true });
    await refused(pack, 'engineMissing');
  });

  it('tells where it cannot write, and when the disk is full', async () => {
    const part = writePart(file, tarball(good));
    await refused(packOf({ ...part, unpackedBytes: 2 ** 60 }), 'diskFull');
    await rm(into, { recursive: true });
    into = path.join(file, 'engines');
    await refused(packOf(part), 'folderNotWritable');
    if (process.platform === 'win32' || process.getuid?.() === 0) return;
    into = path.join(folder, 'readOnly');
    await mkdir(into);
    await chmod(into, 0o555);
    await refused(packOf(part), 'folderNotWritable');
  });

  it('leaves nothing when it is cancelled', async () => {
    const entries = [
      ...good,
      ...Array.from({ length: 300 }, (_, index) => ({ path: `${bins}/${index}.so`, text: 'x'.repeat(9000) })),
    ];
    const pack = packOf(writePart(file, tarball(entries)));
    for (const ms of [0, 5, 15, 30]) {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), ms);
      const how = await install(pack, [file], abort.signal).then(
        () => 'done',
        (error: Error) => error.name,
      );
      clearTimeout(timer);
      assert.ok(how === 'AbortError' || ms > 0, how);
      assert.deepEqual(existsSync(into) ? await readdir(into) : [], how === 'done' ? ['1.2.3-vulkan'] : []);
      if (how === 'done') await rm(into, { recursive: true });
    }
  });

  it('is found again, and goes when it is old', async () => {
    const installed = await install(packOf(writePart(file, tarball(good))));
    assert.deepEqual(await installedPacks(into, '1.2.3'), [{ backend: 'vulkan', folder: installed }]);
    assert.deepEqual(await installedPacks(into, '1.2.4'), []);
    assert.deepEqual(await installedPacks(path.join(folder, 'nowhere'), '1.2.3'), []);
    await mkdir(path.join(engineFolder, 'bins/mac-arm64-metal'));
    assert.equal((await gpuEngines(engineFolder, into, '1.2.3')).length, 1);
    for (const name of ['llama-addon.node', '_nlcBuildMetadata.json'])
      await writeFile(path.join(engineFolder, 'bins/mac-arm64-metal', name), '');
    assert.deepEqual(await gpuEngines(engineFolder, into, '1.2.3'), [
      { backend: 'vulkan', folder: installed },
      { backend: 'metal' },
    ]);
    const stale = '1.2.3-cuda.partial-a';
    for (const name of ['1.2.2-vulkan', '1.2.3-cuda.1-2.removed', stale, '1.2.3-cuda.partial-b', 'models'])
      await mkdir(path.join(into, name, 'x'), { recursive: true });
    await utimes(path.join(into, stale), 1, 1);
    const gone = await removeOtherPacks(into, '1.2.3');
    assert.deepEqual(gone.toSorted(), ['1.2.2-vulkan', '1.2.3-cuda.1-2.removed', stale]);
    assert.deepEqual((await readdir(into)).toSorted(), ['1.2.3-cuda.partial-b', '1.2.3-vulkan', 'models']);
    assert.equal(await removePack(into, '1.2.3', 'vulkan'), true);
    assert.deepEqual(await installedPacks(into, '1.2.3'), []);
  });
});
