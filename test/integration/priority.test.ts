import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import type { LspClient } from '../support/lspClient';
import { startServer, uriOf } from '../support/server';

const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
const { PRIORITY_NORMAL, PRIORITY_BELOW_NORMAL } = os.constants.priority;

describe('priority of a process', () => {
  let client: LspClient;
  afterEach(() => client.stop());

  const idOf = ({ process: { pid } }: LspClient): number => {
    assert.ok(pid !== undefined);
    return pid;
  };

  it('is the usual one where it answers typing', async () => {
    client = await startServer();
    assert.equal(os.getPriority(idOf(client)), PRIORITY_NORMAL);
  });

  it('is lower where it chats or searches, and it works all the same', async () => {
    client = await startServer({ launch: { job: 'chat' } });
    await client.settled();
    await client.open(uriOf('p.py'), 'python', text);
    assert.equal((await client.complete(uriOf('p.py'), { line: 5, character: 15 }))?.insertText, 'self.y');
    assert.equal(os.getPriority(idOf(client)), PRIORITY_BELOW_NORMAL);
    assert.ok(client.logs.every((line) => !line.includes('was not lowered')));
    const busy = busiest(idOf(client));
    for (const { nice, ticks } of busy) assert.equal(nice, PRIORITY_BELOW_NORMAL, `${ticks} ticks at ${nice}`);
  });
});

/** The threads that have worked the most, where the system tells: those of the engine. */
function busiest(pid: number): readonly { readonly nice: number; readonly ticks: number }[] {
  if (process.platform !== 'linux') return [];
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => {
    // The name, in brackets, may hold blanks; see proc(5) for the fields.
    const fields = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return { nice: Number(fields[16]), ticks: Number(fields[11]) };
  });
  return threads.toSorted((a, b) => b.ticks - a.ticks).slice(0, 2);
}
