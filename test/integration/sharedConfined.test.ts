/** The shared process as the client starts it: kept to its files by the runtime's permission model, and listening all the same. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Confine, permissionsOf } from '../../src/client/confine';
import { isRunning } from '../../src/client/endProcess';
import { runtimeFolderOf } from '../../src/client/runtimeFolder';
import { defaultLaunch, embedded, root } from '../support/server';
import { Place, until } from '../support/sharedWindow';

describe('a shared process that is kept to its files', () => {
  const place = new Place();
  after(() => place.clear());

  it('listens, completes for two windows, and ends without a trace', async function () {
    if ((await permissionsOf(process.execPath)) === undefined) {
      console.warn(`${process.version} has no permission model: its test is skipped.`);
      this.skip();
    }
    const memory = { get: () => undefined, update: async () => undefined };
    const serverModule = path.join(root, 'dist/server.js');
    const parts = { serverModule, memory, runtimeFolder: runtimeFolderOf(place.env), log: assert.fail };
    const { execArgv = [] } = await new Confine(parts).around(async () => defaultLaunch)(embedded);
    assert.ok(execArgv.length > 3);
    const [one, two] = [await place.real({ execArgv }), await place.real({ execArgv })];
    assert.equal(one.pid, two.pid);
    await one.ready();
    const text = 'def add(a, b):\n    return ';
    assert.match((await one.complete('file:///sample/a.js', text)) ?? '', /a \+ b/);
    assert.match((await two.complete('file:///sample/b.js', text)) ?? '', /a \+ b/);
    const [{ pipe } = { pipe: '' }] = place.descriptions();
    assert.ok(existsSync(pipe));
    for (const each of [one, two]) await each.leave('alone');
    await until(() => !isRunning(one.pid));
    assert.equal(existsSync(pipe), false);
  });
});
