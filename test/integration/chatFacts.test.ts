import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadyStatus } from '../../server/protocol';
import { inFolder, withChatTemplate } from '../support/modelFiles';
import { embedded, startServer } from '../support/server';

interface Told {
  readonly status: ReadyStatus;
  readonly logs: readonly string[];
}

/** What the server says of the embedded model with that template in its file. */
function toldOf(template: string, args: readonly string[] = []): Promise<Told> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'model.gguf');
    await writeFile(file, withChatTemplate(await readFile(embedded.file), template));
    const client = await startServer({ args: [`--model=${file}`, '--layout=spm', '--trainedOn=2048', ...args] });
    try {
      const status = await client.settled();
      assert.ok(status.state === 'ready', JSON.stringify(status));
      return { status, logs: client.logs };
    } finally {
      await client.stop();
    }
  });
}

describe('what the server says of a chat template', () => {
  it('says nothing of the embedded model, which has none', async () => {
    const client = await startServer();
    const status = await client.settled();
    await client.stop();
    assert.ok(status.state === 'ready' && status.chat === undefined, JSON.stringify(status));
  });

  it('tells what it can', async () => {
    const template =
      '{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}{% if enable_thinking %}<think>{% endif %}';
    const { status } = await toldOf(template, ['--job=chat', '--contextSize=1024']);
    assert.deepEqual(status.chat, { tools: false, thinks: true });
    assert.equal(status.contextSize, 1024);
  });

  for (const [what, template] of [
    ['that throws', "{{ raise_exception('never') }}"],
    ['that runs for ever', '{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}'],
  ] as const)
    it(`loads a model with a template ${what}, which then does not chat, and says so in the log`, async () => {
      const { status, logs } = await toldOf(template);
      assert.equal(status.chat, undefined);
      assert.ok(status.completes);
      assert.ok(
        logs.some((line) => line.includes('this model does not chat')),
        logs.join('\n'),
      );
    });
});
