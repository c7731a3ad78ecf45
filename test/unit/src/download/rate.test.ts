import assert from 'node:assert/strict';
import { Rate } from '../../../../src/download/rate';

describe('rate of a download', () => {
  it('is that of the last seconds', () => {
    const rate = new Rate();
    assert.equal(rate.bytesPerSecond, 0);
    assert.equal(rate.secondsFor(100), null);
    for (let at = 0; at <= 10_000; at += 250) rate.note(at * 2, at);
    assert.equal(rate.bytesPerSecond, 2000);
    assert.equal(rate.secondsFor(4001), 3);
    for (let at = 10_250; at <= 15_000; at += 250) rate.note(20_000 + (at - 10_000) * 10, at);
    assert.equal(rate.bytesPerSecond, 10_000);
  });

  it('falls to nothing when no bytes come', () => {
    const rate = new Rate();
    for (let at = 0; at <= 3000; at += 250) rate.note(at, at);
    for (let at = 3250; at <= 9000; at += 250) rate.note(3000, at);
    assert.equal(rate.bytesPerSecond, 0);
    assert.equal(rate.secondsFor(1), null);
  });

  it('begins anew with the file', () => {
    const rate = new Rate();
    rate.note(0, 0);
    rate.note(90_000, 1000);
    rate.note(0, 1250);
    assert.equal(rate.bytesPerSecond, 0);
    rate.note(500, 1750);
    assert.equal(rate.bytesPerSecond, 1000);
  });
});
