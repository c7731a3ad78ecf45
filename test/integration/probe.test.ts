import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ProbeOutcome, type ProbeProgram, probe, proberOf } from '../../src/hardware/probe';
import { machineFacts, survey } from '../../src/hardware/survey';
import { root } from '../support/server';

const file = path.join(root, 'dist/probe.js');
const { signal } = new AbortController();

/** What comes of a probe that misbehaves so. */
const misbehaving = (how: string, options: Partial<ProbeProgram> = {}, until = signal): Promise<ProbeOutcome> =>
  probe('vulkan', { file: path.join(root, 'dist/test/support/probeServer.cjs'), engineFolder: how, ...options }, until);

const failure = (outcome: ProbeOutcome) => (outcome.ok ? assert.fail('it is well') : outcome);
const device = (outcome: ProbeOutcome): string | undefined =>
  outcome.ok && outcome.report.probe === 'backend' ? outcome.report.devices[0] : assert.fail(JSON.stringify(outcome));

describe('the probe of this machine', () => {
  it('tells the drivers without opening an engine', async () => {
    const outcome = await probe('drivers', { file }, signal);
    assert.ok(outcome.ok, JSON.stringify(outcome));
    assert.equal(outcome.report.probe, 'drivers');
  });

  it('tells what it runs on', async () => {
    const outcome = await probe('battery', { file }, signal);
    assert.ok(outcome.ok && outcome.report.probe === 'battery', JSON.stringify(outcome));
    assert.match(outcome.report.source, /^(battery|mains|none)$/);
  });

  it('says why a backend cannot be opened', async () => {
    // The package for this machine has no binaries for CUDA.
    const { reason, detail } = failure(await probe('cuda', { file }, signal));
    assert.equal(reason, 'failed');
    assert.match(detail, /\w+/);
  });

  it('says which folder holds no engine', async () => {
    const folder = path.join(root, 'no engine here');
    const { reason, detail } = failure(await probe('drivers', { file, engineFolder: folder }, signal));
    assert.equal(reason, 'failed');
    assert.match(detail, /no engine here/);
  });

  it('is surveyed as a whole', async () => {
    const { machine, drivers, lines } = await survey([], proberOf(file), signal);
    assert.deepEqual(machine, { ...machineFacts(), gpus: [] });
    assert.ok(drivers);
    assert.equal(lines.length, 1);
  });

  it('has no way to the network', () => {
    const bundle = readFileSync(file, 'utf8');
    assert.match(bundle, /require\("(node:)?child_process"\)/);
    assert.doesNotMatch(bundle, /require\("(node:)?(https?|http2|net|tls|dgram|dns|undici)(\/promises)?"\)/);
    assert.doesNotMatch(bundle, /\bfetch\(/);
  });
});

describe('a probe that misbehaves', () => {
  it('has crashed, with the signal or code and its last word', async () => {
    const { reason, detail } = failure(await misbehaving('crash'));
    assert.equal(reason, 'crashed');
    assert.match(detail, /^(SIGABRT|0x\w+): about to die$/);
    assert.deepEqual(failure(await misbehaving('oddCode')), { ok: false, reason: 'crashed', detail: '0x5' });
  });

  it('is ended when its time is over', async () => {
    const started = performance.now();
    const { reason, detail } = failure(await misbehaving('hang', { timeoutMs: 700 }));
    assert.deepEqual([reason, detail], ['timedOut', 'still here']);
    assert.ok(performance.now() - started < 3000);
  });

  it('is ended when it is not wanted any more', async () => {
    const abort = new AbortController();
    const running = misbehaving('hang', {}, abort.signal);
    setTimeout(() => abort.abort(), 200);
    await assert.rejects(running, { name: 'AbortError' });
    await assert.rejects(misbehaving('noisy', {}, abort.signal), { name: 'AbortError' });
  });

  it('is not understood, or gives its own reason', async () => {
    assert.deepEqual(failure(await misbehaving('garbage')), { ok: false, reason: 'garbage', detail: 'all is well' });
    assert.deepEqual(failure(await misbehaving('fail')), { ok: false, reason: 'failed', detail: 'no such device' });
  });

  it('cannot be started', async () => {
    const { reason, detail } = failure(await misbehaving('noisy', { execPath: path.join(root, 'nothing') }));
    assert.equal(reason, 'failed');
    assert.match(detail, /ENOENT/);
    assert.equal(failure(await probe('drivers', { file: path.join(root, 'nothing.js') }, signal)).reason, 'failed');
  });

  it('is heard where its report is whole', async () => {
    for (const how of ['noisy', 'lateCrash', 'flood']) assert.equal(device(await misbehaving(how)), 'A GPU', how);
    const started = performance.now();
    assert.equal(device(await misbehaving('orphan')), 'A GPU');
    assert.ok(performance.now() - started < 4000);
  });

  it('does not stand in the folder of a project', async () => {
    assert.equal(device(await misbehaving('folder')), path.join(root, 'dist/test/support'));
  });

  it('gets an environment of its own', async () => {
    process.env.NODE_OPTIONS = '--no-warnings';
    try {
      assert.equal(device(await misbehaving('env')), ',1,1');
    } finally {
      delete process.env.NODE_OPTIONS;
    }
  });
});
