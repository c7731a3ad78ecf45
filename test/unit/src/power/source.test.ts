import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sourceOf } from '../../../../server/probe/battery';
import { parseReport } from '../../../../src/hardware/probeReport';
import { readSysfs } from '../../../../src/power/source';

type Tree = Readonly<Record<string, Readonly<Record<string, string>>>>;

const ac = (online: string) => ({ type: 'Mains', online });
const battery = (status: string) => ({ type: 'Battery', present: '1', status });

describe('what Linux tells of power', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'minnow-power-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;

  async function read(tree: Tree): Promise<string> {
    const root = path.join(folder, String(count++));
    for (const [name, files] of Object.entries(tree)) {
      mkdirSync(path.join(root, name), { recursive: true });
      for (const [file, text] of Object.entries(files)) writeFileSync(path.join(root, name, file), `${text}\n`);
    }
    return readSysfs(root);
  }

  it('is none where there is no such folder, or no battery', async () => {
    assert.equal(await read({}), 'none');
    assert.equal(await read({ AC: ac('1') }), 'none');
  });

  it('is battery where one is drawn on and nothing is plugged in', async () => {
    assert.equal(await read({ AC: ac('0'), BAT0: battery('Discharging') }), 'battery');
    assert.equal(await read({ BAT0: battery('Not charging'), BAT1: battery('Discharging') }), 'battery');
    assert.equal(await read({ BAT0: battery('Discharging'), 'ucsi-1': { type: 'USB', online: '0' } }), 'battery');
  });

  it('is mains where something is plugged in or charges', async () => {
    assert.equal(await read({ AC: ac('1'), BAT0: battery('Charging') }), 'mains');
    assert.equal(await read({ AC: ac('1'), BAT0: battery('Discharging') }), 'mains');
    assert.equal(await read({ BAT0: battery('Full') }), 'mains');
    assert.equal(await read({ BAT0: battery('Unknown') }), 'mains');
    assert.equal(await read({ BAT0: battery('Discharging'), 'ucsi-1': { type: 'USB', online: '1' } }), 'mains');
  });

  it('does not take the battery of a mouse, or a place for one, for the machine’s', async () => {
    assert.equal(await read({ hidpp: { ...battery('Discharging'), scope: 'Device' } }), 'none');
    assert.equal(await read({ BAT1: { ...battery('Unknown'), present: '0' } }), 'none');
  });
});

describe('what the probe tells of power', () => {
  const facts = { hasBattery: true, acConnected: false, isCharging: false };

  it('is one of three', () => {
    assert.equal(sourceOf(facts), 'battery');
    assert.equal(sourceOf({ ...facts, acConnected: true }), 'mains');
    assert.equal(sourceOf({ ...facts, isCharging: true }), 'mains');
    assert.equal(sourceOf({ ...facts, hasBattery: false }), 'none');
  });

  it('is read from its line, and nothing else is believed', () => {
    const line = '{"probe":"battery","source":"battery"}';
    assert.deepEqual(parseReport(`noise\n${line}\n`, 'battery'), { probe: 'battery', source: 'battery' });
    assert.equal(parseReport(line, 'drivers'), undefined);
    assert.equal(parseReport('{"probe":"battery","source":"sun"}', 'battery'), undefined);
  });
});
