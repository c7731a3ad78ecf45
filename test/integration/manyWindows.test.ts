/** A hundred windows come and go at the process that all share: it stays one, and holds no more after them than before. */
import assert from 'node:assert/strict';
import { openAndClose } from '../bench/lib/openAndClose';
import { sampleOf } from '../bench/lib/slope';
import { Place } from '../support/sharedWindow';

const WINDOWS = 100;
/** What the first windows grow by is no leak: memory settles. */
const SETTLED = 40;
/** In megabytes for sixty windows: places that are not given back take more, and garbage is collected late. */
const NOISE_MB = 100;

describe(`${WINDOWS} windows that are opened and closed`, () => {
  let place: Place;
  beforeEach(() => {
    place = new Place();
  });
  afterEach(() => place.clear());

  it('have one process, whose memory and handles stay what they are', async function () {
    this.timeout(120_000);
    const before = sampleOf(process.pid, 0)?.handles;
    const { samples, pids, unanswered } = await openAndClose(place, WINDOWS);
    assert.equal(pids.size, 1);
    assert.equal(unanswered, 0);
    if (samples.length === 0) return;
    const [then, now] = [samples[SETTLED - 1], samples.at(-1)];
    assert.ok(then !== undefined && now !== undefined);
    assert.ok(now.megabytes <= then.megabytes + NOISE_MB, `${then.megabytes} MB, then ${now.megabytes} MB`);
    assert.ok(now.handles <= then.handles + 1, `${then.handles} handles, then ${now.handles}`);
    const after = sampleOf(process.pid, 0)?.handles;
    if (before !== undefined && after !== undefined) assert.ok(after <= before + 2, `${before} handles, then ${after}`);
    console.log(
      `      ${then.megabytes.toFixed(1)} MB and ${then.handles} handles after ${SETTLED}, ${now.megabytes.toFixed(1)} and ${now.handles} after ${WINDOWS}`,
    );
  });
});
