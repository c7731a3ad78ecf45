import assert from 'node:assert/strict';
import { Calm } from '../../../../src/status/calm';
import { standingClock } from '../../../support/scriptedClient';

describe('Calm', () => {
  it('draws once for what comes in quick succession, and soon however much comes', () => {
    const { clock, pass } = standingClock();
    let drawn = 0;
    const calm = new Calm(clock, () => drawn++);
    for (let n = 0; n < 4; n++) {
      calm.soon();
      pass(10);
    }
    assert.equal(drawn, 0);
    calm.soon();
    pass(10);
    assert.equal(drawn, 1);
    pass(1_000);
    assert.equal(drawn, 1);
    calm.soon();
    calm.dispose();
    pass(1_000);
    assert.equal(drawn, 1);
  });
});
