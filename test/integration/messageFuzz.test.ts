/** Ten thousand messages that no client sends: the server lives, and answers what is right as it did before. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seeded } from '../../server/measure/random';
import { BROKEN_FRAMES, checkKnown, fuzzMessages } from '../support/faults/messageFuzz';
import { RawClient } from '../support/faults/rawClient';
import { withChatTemplate } from '../support/modelFiles';
import { embedded } from '../support/server';

const MESSAGES = 10_000;
const SEED = 20_251;

describe('server process that is told nonsense', () => {
  let folder: string;
  let client: RawClient | undefined;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'minnow-'));
  });
  afterEach(async () => {
    await client?.close();
    client = undefined;
  });
  after(() => rm(folder, { recursive: true }));

  it(`lives through ${MESSAGES} messages, answers each request once, and right ones rightly (seed ${SEED})`, async function () {
    this.timeout(180_000);
    const file = path.join(folder, 'model.gguf');
    await writeFile(file, withChatTemplate(await readFile(embedded.file)));
    client = await RawClient.start(file);
    await checkKnown(client);
    const { requests, checks } = await fuzzMessages(client, seeded(SEED), MESSAGES);
    assert.ok(requests > MESSAGES / 3 && checks >= 40);
    assert.ok(await client.close(), 'ends when the connection does');
  });

  for (const [name, bytes] of BROKEN_FRAMES)
    it(`ends with its connection at the latest: ${name}`, async () => {
      client = await RawClient.start();
      await client.bytes(bytes);
      assert.ok(await client.close(), 'it has to be killed');
    });
});
