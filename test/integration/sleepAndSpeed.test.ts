import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DidMoveCursor, MeasureSpeedRequest, OutcomeRequest, type Status, StatusRequest } from '../../server/protocol';
import type { LspClient } from '../support/lspClient';
import { startServer, uriOf } from '../support/server';

const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
const end = { line: 5, character: 15 };
const uri = uriOf('p.py');
/** 1.2 seconds. */
const SOON = 0.02;

async function until(client: LspClient, state: Status['state']): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (client.statuses.at(-1)?.state === state) return;
    await delay(50);
  }
  assert.fail(`never ${state}: ${JSON.stringify(client.statuses.at(-1))}`);
}

/** Resident memory in megabytes; undefined where the system does not tell so simply. */
function memoryOf({ process: { pid } }: LspClient): number | undefined {
  if (process.platform !== 'linux') return undefined;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

describe('server process that may sleep', () => {
  let client: LspClient;
  beforeEach(async () => {
    client = await startServer({ launch: { unloadAfterMinutes: SOON } });
    await client.settled();
    await client.open(uri, 'python', text);
  });
  afterEach(() => client.stop());

  it('gives its memory back, and answers the next keystroke all the same', async () => {
    assert.equal((await client.complete(uri, end))?.insertText, 'self.y');
    const awake = memoryOf(client);
    await until(client, 'asleep');
    await delay(300);
    const asleep = memoryOf(client);
    if (awake && asleep) assert.ok(awake - asleep > 40, `${awake} MB awake, ${asleep} MB asleep`);
    await client.change(uri, { line: 0, character: 0 }, { line: 0, character: 0 }, '\n');
    assert.equal((await client.complete(uri, { line: 6, character: 15 }))?.insertText, 'self.y');
    assert.deepEqual([...new Set(client.statuses.map(({ state }) => state))], ['loading', 'ready', 'asleep']);
    assert.equal(client.statuses.at(-1)?.state, 'ready');
  });

  it('stays awake while it is used, and sleeps and wakes as often as need be', async () => {
    for (let n = 0; n < 8; n++) {
      await client.change(uri, { line: 0, character: 0 }, { line: 0, character: 0 }, '\n');
      await client.complete(uri, { line: 6 + n, character: 15 });
      await delay(300);
    }
    assert.ok(client.statuses.every(({ state }) => state !== 'asleep'));
    for (let n = 0; n < 2; n++) {
      await until(client, 'asleep');
      await client.complete(uri, { line: 0, character: 0 });
      await until(client, 'ready');
    }
  });

  it('wakes when the cursor moves, and has read what is around it', async () => {
    await until(client, 'asleep');
    await client.connection.sendNotification(DidMoveCursor, { uri, ...end });
    await until(client, 'ready');
    await client.complete(uri, end);
    const outcome = await client.connection.sendRequest(OutcomeRequest);
    assert.ok(outcome && outcome.tokensReused > outcome.tokensRead, JSON.stringify(outcome));
  });
});

describe('server process that is measured', () => {
  let client: LspClient;
  before(async () => {
    client = await startServer();
    await client.settled();
    await client.open(uri, 'python', text);
  });
  after(() => client.stop());

  it('tells how fast it reads and writes', async () => {
    const started = performance.now();
    const speed = await client.connection.sendRequest(MeasureSpeedRequest);
    assert.ok(performance.now() - started < 10_000);
    const { readPerSecond, writtenPerSecond, lineMs } = speed;
    assert.ok(readPerSecond > writtenPerSecond && writtenPerSecond > 1, JSON.stringify(speed));
    const tenTokens = 10_000 / writtenPerSecond;
    assert.ok(lineMs > tenTokens * 0.7 && lineMs < tenTokens * 5, JSON.stringify(speed));
    assert.equal((await client.connection.sendRequest(StatusRequest)).state, 'ready');
  });

  it('answers typing first, and the measurement afterwards', async () => {
    await client.complete(uri, end);
    const speed = client.connection.sendRequest(MeasureSpeedRequest);
    const waited: number[] = [];
    for (let n = 0; n < 4; n++) {
      await delay(250);
      await client.change(uri, { line: 0, character: 0 }, { line: 0, character: 0 }, '\n');
      const started = performance.now();
      await client.complete(uri, { line: 6 + n, character: 15 });
      waited.push(performance.now() - started);
      const outcome = await client.connection.sendRequest(OutcomeRequest);
      assert.ok(outcome && outcome.tokensWritten > 0, JSON.stringify(outcome));
    }
    assert.ok(Math.max(...waited) < 1_500, waited.join());
    assert.ok((await speed).lineMs > 0);
  });
});
