import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { Confine, type Followed, permissionsOf } from '../../src/client/confine';
import type { Launch } from '../../src/client/launch';
import { packagedModel } from '../../src/client/modelFile';
import { defaultLaunch, embedded, root, startServer, uriOf } from '../support/server';

const run = promisify(execFile);
const serverModule = path.join(root, 'dist/server.js');
const reachModule = path.join(root, 'dist/test/support/reachServer.cjs');

function confine(module: string, logs: string[] = []): Confine {
  const kept = new Map<string, unknown>();
  const memory = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return new Confine({ serverModule: module, memory, log: (line) => void logs.push(line) });
}

const plan = async (): Promise<Launch> => defaultLaunch;

describe('a server that is kept to its files', () => {
  let folder: string;
  before(async function () {
    if ((await permissionsOf(process.execPath)) === undefined) {
      console.warn(`${process.version} has no permission model: its tests are skipped.`);
      this.skip();
    }
    folder = await mkdtemp(path.join(tmpdir(), 'minnow confined ü '));
    await writeFile(path.join(folder, 'secret'), 'secret');
  });
  after(async () => folder && rm(folder, { recursive: true }));

  it('completes, by its grammars as well', async () => {
    const launch = await confine(serverModule).around(plan)(embedded);
    assert.ok((launch.execArgv ?? []).length > 3);
    const client = await startServer({ launch });
    const uri = uriOf('confined.ts');
    await client.open(uri, 'typescript', 'function add(a: number, b: number) {\n  return \n}\n');
    const [item] = await client.ask(
      uri,
      { line: 1, character: 9 },
      { triggerKind: InlineCompletionTriggerKind.Invoked },
    );
    assert.match(String(item?.insertText), /a \+ b/);
    assert.deepEqual(
      client.logs.filter((line) => /EACCES|ERR_ACCESS|ENOENT|grammar/i.test(line)),
      [],
    );
    await client.stop();
  });

  it('completes where its folder is reached by a link', async () => {
    const linked = path.join(folder, 'linked');
    await symlink(root, linked, 'junction');
    const module = path.join(linked, 'dist/server.js');
    const modelFile = packagedModel(linked, embedded.model);
    const client = await startServer({ module, modelFile, launch: await confine(module).around(plan)(modelFile) });
    assert.equal((await client.settled()).state, 'ready');
    await client.stop();
  });

  it('reads, lists and writes nothing else, and starts no program', async () => {
    const args = [path.join(folder, 'secret'), folder];
    const free = await run(process.execPath, [reachModule, ...args]);
    assert.deepEqual(JSON.parse(free.stdout), { read: true, list: true, write: true, spawn: true, worker: true });
    const { execArgv = [] } = await confine(reachModule).around(plan)(embedded);
    const { stdout } = await run(process.execPath, [...execArgv, reachModule, ...args]);
    const refused = 'ERR_ACCESS_DENIED';
    const all = { read: refused, list: refused, write: refused, spawn: refused, worker: refused };
    assert.deepEqual(JSON.parse(stdout), all);
  });

  it('asks a runtime once', async () => {
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key),
      update: async (key: string, value: unknown) => void kept.set(key, value),
    };
    const parts = { serverModule, memory, log: () => undefined };
    await new Confine(parts).around(plan)(embedded);
    assert.equal(kept.size, 1);
    const [key = ''] = kept.keys();
    kept.set(key, 'none');
    assert.equal((await new Confine(parts).around(plan)(embedded)).execArgv, undefined);
  });

  it('is started without the flags, once, where the engine fails under them', async () => {
    const logs: string[] = [];
    const confined = confine(serverModule, logs);
    let tell: Parameters<Followed['onDidChangeStatus']>[0] = () => assert.fail();
    let restarts = 0;
    const onDidChangeStatus = (listener: typeof tell): void => {
      tell = listener;
    };
    confined.follow({ model: embedded, onDidChangeStatus, restart: async () => void restarts++ });
    await confined.around(plan)(embedded);
    tell({ state: 'failed', code: 'engineFailed' });
    assert.equal((await confined.around(plan)(embedded)).execArgv, undefined);
    tell({ state: 'failed', code: 'engineFailed' });
    assert.equal(restarts, 1);
    assert.equal(logs.length, 1);
  });
});

describe('permissionsOf', () => {
  it('takes a program that is no Node for one without them', async () => {
    assert.equal(await permissionsOf(path.join(root, 'not-there')), undefined);
  });
});
