import assert from 'node:assert/strict';
import { keptPace, Pace } from '../../../../src/download/pace';
import { adviseFor } from '../../../../src/model/advice/advice';
import { offerText } from '../../../../src/model/advice/offer';
import { t } from '../../../support/scriptedClient';

const machine = {
  platform: 'linux',
  arch: 'x64',
  cpu: 'test',
  gpus: [],
  cores: 2,
  memoryBytes: 8 * 1024 ** 3,
} as const;

function memory() {
  const values = new Map<string, unknown>();
  const update = async (key: string, value: unknown): Promise<void> => void values.set(key, value);
  return { get: (key: string) => values.get(key), update };
}

describe('offerText', () => {
  const [best] = adviseFor('chat', machine, []);
  const detail = (isHere: boolean, rate?: number) => best && offerText(best, isHere, rate, t).detail;

  it('tells size, time and memory, and no time where nothing is known of the connection', () => {
    assert.equal(best && offerText(best, false, undefined, t).title, `Get ${best?.model.name}`);
    assert.match(detail(false) ?? '', /^812 MB; needs [\d.]+ [MG]B of memory$/);
    assert.match(detail(false, 6.7e6) ?? '', /^812 MB, about 2 minutes; needs/);
    assert.match(detail(false, 100e6) ?? '', /^812 MB, less than a minute;/);
    assert.match(detail(false, 1e5) ?? '', /^812 MB, about 2 hours;/);
    assert.match(detail(true, 1e6) ?? '', /^On this machine already; needs/);
  });
});

describe('Pace', () => {
  const progress = (received: number) => ({ received, bytes: 1e9, bytesPerSecond: 0, secondsLeft: null });

  it('is that of the last long download, without what was there before and the time of checking', async () => {
    const kept = memory();
    assert.equal(keptPace(kept), undefined);
    const pace = new Pace();
    pace.note(progress(500e6), 0);
    pace.note(progress(520e6), 2_000);
    pace.note({ ...progress(520e6), checked: 1 }, 60_000);
    await pace.keep(kept);
    assert.equal(keptPace(kept), 10e6);
    const short = new Pace();
    short.note(progress(0), 0);
    short.note(progress(1e6), 3_000);
    await short.keep(kept);
    assert.equal(keptPace(kept), 10e6);
  });
});
