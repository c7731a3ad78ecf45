/** The model's file goes or is cut short while it is in use or asleep, memory is short, the process stands still. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancellationTokenSource, InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { type FailureCode, SleepRequest, type Status, StatusRequest } from '../../server/protocol';
import { sampleOf } from '../bench/lib/slope';
import type { LspClient } from '../support/lspClient';
import { embedded, startServer, uriOf } from '../support/server';

const uri = uriOf('p.py');
const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
const place = { line: 5, character: 15 };
/** Much less than the model and its context need, in bytes. */
const TOO_LITTLE = 40 << 20;

describe('a server process whose surroundings fail', () => {
  let folder: string;
  let client: LspClient;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
    file = path.join(folder, 'model.gguf');
    await copyFile(embedded.file, file);
    client = await startServer({ modelFile: { ...embedded, file } });
  });
  afterEach(async () => {
    await client.stop();
    await rm(folder, { recursive: true });
  });

  /** Not from memory: asked for anew. */
  async function ghost(of = client): Promise<string | undefined> {
    const [first] = await of.ask(uri, place, { triggerKind: InlineCompletionTriggerKind.Invoked });
    return first && String(first.insertText);
  }
  async function works(): Promise<void> {
    await client.settled();
    await client.open(uri, 'python', text);
    assert.equal(await ghost(), 'self.y');
  }
  const status = (): Promise<Status> => client.connection.sendRequest(StatusRequest);
  async function isFailed(code: FailureCode): Promise<void> {
    const now = await status();
    assert.ok(now.state === 'failed' && now.code === code, JSON.stringify(now));
  }

  it('goes on when the file goes while it is in use, and says what is wrong when it is to be loaded again', async () => {
    await works();
    await rm(file);
    assert.equal(await ghost(), 'self.y');
    assert.equal(await client.connection.sendRequest(SleepRequest), true);
    assert.equal(await ghost(), undefined);
    await isFailed('modelMissing');
  });

  it('goes on when the file is cut short while it is in use, and refuses it when it is to be loaded again', async () => {
    await works();
    await truncate(file, 20_000_000);
    assert.equal(await ghost(), 'self.y');
    assert.equal(await client.connection.sendRequest(SleepRequest), true);
    assert.equal(await ghost(), undefined);
    await isFailed('modelDamaged');
  });

  it('says what is wrong when the file is cut short while it is being loaded, and does not die', async () => {
    await truncate(file, 20_000_000);
    const settled = await client.settled();
    if (settled.state === 'failed') assert.equal(settled.code, 'modelDamaged');
    else assert.equal(settled.state, 'ready', 'it was read before');
    assert.equal(client.process.exitCode, null);
  });

  it('says that memory is short, and does not die', async function () {
    if (process.platform !== 'linux') this.skip();
    // The limit is set while it sleeps, so that the process itself is up.
    await works();
    const awake = dataOf(client);
    assert.equal(await client.connection.sendRequest(SleepRequest), true);
    for (let tries = 0; tries < 100 && dataOf(client) > awake - 2 * TOO_LITTLE; tries++) await sleep(50);
    limit(client, 'data', dataOf(client) + TOO_LITTLE);
    assert.equal(await ghost(), undefined);
    await isFailed('outOfMemory');
  });

  it('answers rightly after it stood still, and what was superseded meanwhile is over at once', async function () {
    if (process.platform === 'win32') this.skip();
    await works();
    client.process.kill('SIGSTOP');
    const cancels: CancellationTokenSource[] = [];
    const superseded = Array.from({ length: 50 }, async () => {
      cancels.at(-1)?.cancel();
      const cancel = new CancellationTokenSource();
      cancels.push(cancel);
      return client.complete(uri, place, cancel);
    });
    cancels.at(-1)?.cancel();
    await sleep(2_000);
    client.process.kill('SIGCONT');
    const started = performance.now();
    await Promise.all(superseded);
    assert.equal(await ghost(), 'self.y');
    assert.ok(performance.now() - started < 5_000);
  });

  it('comes up and goes again and again, and leaves nothing behind', async () => {
    const before = sampleOf(process.pid, 0)?.handles;
    for (let n = 0; n < 3; n++) {
      const window = await startServer();
      await window.open(uri, 'python', text);
      assert.equal(await ghost(window), 'self.y');
      await window.stop();
    }
    await sleep(100);
    const after = sampleOf(process.pid, 0)?.handles;
    if (before !== undefined && after !== undefined) assert.ok(after <= before + 1, `${before} handles, then ${after}`);
  });
});

/** @param resource as `prlimit` names it */
function limit({ process: { pid } }: LspClient, resource: string, bytes: number): void {
  execFileSync('prlimit', ['--pid', String(pid), `--${resource}=${bytes}`]);
}

/** Its private memory that can be written, in bytes. */
function dataOf({ process: { pid } }: LspClient): number {
  return Number(/VmData:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
