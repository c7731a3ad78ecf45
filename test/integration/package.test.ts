import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { type Entry, type Options, open, type ZipFile } from 'yauzl';
import { embeddedModel } from '../../models/catalog';
import { packagedModel } from '../../src/client/modelFile';
import { root, startServer, uriOf } from '../support/server';

const openZip = promisify<string, Options, ZipFile>(open);

/** Unpacks a .vsix and tells its files, in the order that they lie in it. */
async function unpack(vsix: string, folder: string): Promise<Entry[]> {
  const zip = await openZip(vsix, { lazyEntries: true });
  const openEntry = promisify(zip.openReadStream.bind(zip));
  const entries: Entry[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('end', resolve).on('error', reject);
    zip.on('entry', (entry) => {
      entries.push(entry);
      const target = path.join(folder, entry.fileName);
      mkdir(path.dirname(target), { recursive: true })
        .then(() => openEntry(entry))
        .then((stream) => pipeline(stream, createWriteStream(target)))
        .then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
  return entries;
}

describe('the package for this machine', () => {
  const vsix = path.join(root, `dist/minnow-${process.platform}-${process.arch}.vsix`);
  let folder: string;
  let entries: Entry[];
  let names: string[];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow vsix ü '));
    entries = await unpack(vsix, folder);
    names = entries.map(({ fileName }) => fileName);
  });
  after(() => rm(folder, { recursive: true }));

  it('holds the model, and one engine', () => {
    const engines = new Set(
      names.filter((name) => name.includes('/bins/')).map((name) => name.split('/bins/')[1]?.split('/')[0]),
    );
    assert.equal(engines.size, 1, [...engines].join(', '));
    assert.ok(names.includes(`extension/models/${embeddedModel.file}`));
  });

  it('has nothing in it of when it was made: the same sources make the same bytes', () => {
    const times = new Set(
      entries.map(({ lastModFileDate, lastModFileTime }) => `${lastModFileDate} ${lastModFileTime}`),
    );
    // The first of January 1980, as a zip writes it.
    assert.deepEqual([...times], [`${(1 << 5) + 1} 0`]);
    assert.deepEqual(
      names,
      names.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it('hands on the licences of what is bundled', async () => {
    const text = await readFile(path.join(folder, 'extension/dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const name of ['diff', 'markdown-it', 'vscode-languageserver', 'systeminformation', 'node-llama-cpp'])
      assert.match(text, new RegExp(`^${name} [0-9.]+, (MIT|BSD-3-Clause)$`, 'm'));
    assert.match(text, /Kevin Decker/);
  });

  it('holds what its target needs, byte by byte what the registry has, and nothing else; for another target it is none', () => {
    const look = (target: string) =>
      spawnSync(process.execPath, [path.join(root, '.ci/contents.mjs'), vsix, target], { encoding: 'utf8' });
    const here = `${process.platform}-${process.arch}`;
    assert.deepEqual([look(here).stderr, look(here).status], ['', 0]);
    // Of the two, npm installs this engine beside ours on Linux; elsewhere it would have to be fetched.
    if (here !== 'linux-x64') return;
    const { status, stderr } = look('linux-arm64');
    assert.equal(status, 1);
    assert.match(stderr, /llama-addon\.node is for linux-x64\./);
    assert.match(stderr, /Its manifest names another target\./);
  });

  it('starts its server in an empty folder, and it completes', async () => {
    const extension = path.join(folder, 'extension');
    const client = await startServer({
      module: path.join(extension, 'dist/server.js'),
      modelFile: packagedModel(extension, embeddedModel),
    });
    await client.open(uriOf('add.js'), 'javascript', 'function add(a, b) {\n  return \n}\n');
    const [item] = await client.ask(
      uriOf('add.js'),
      { line: 1, character: 9 },
      { triggerKind: InlineCompletionTriggerKind.Invoked },
    );
    await client.stop();
    assert.match(String(item?.insertText), /a \+ b/);
  });

  it('tells when the system has not what the engine needs', async () => {
    const extension = path.join(folder, 'extension');
    const bins = path.join(extension, 'dist/engine/bins');
    const [engine = 'none'] = await readdir(bins);
    // As on a system without a library that it wants: its program is there and cannot be opened.
    for (const file of await readdir(path.join(bins, engine)))
      if (/^(lib)?llama\.v?[\w.]+$/.test(file)) await rm(path.join(bins, engine, file));
    const client = await startServer({
      module: path.join(extension, 'dist/server.js'),
      modelFile: packagedModel(extension, embeddedModel),
    });
    const status = await client.settled();
    await client.stop();
    assert.equal(status.state === 'failed' && status.code, 'engineUnfit', JSON.stringify(status));
  });
});
