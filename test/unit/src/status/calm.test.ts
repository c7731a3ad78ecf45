import assert from 'node:assert/strict';
import { Calm } from '../../../../src/status/calm';
import { standingClock } from '../../../support/scriptedClient';

function drawn() {
  const { clock, pass } = standingClock();
  const at: number[] = [];
  const start = clock.now();
  const calm = new Calm(clock, () => at.push(clock.now() - start));
  return { calm, at, pass };
}

describe('Calm', () => {
  it('draws once for what comes in quick succession, and soon however much comes', () => {
    const { calm, at, pass } = drawn();
    for (let n = 0; n < 30; n++) {
      calm.soon();
      pass(10);
    }
    assert.deepEqual(at, [250]);
    pass(1_000);
    assert.equal(at.length, 2);
  });

  it('draws at once what lasts, and never what came before it', () => {
    const { calm, at, pass } = drawn();
    calm.soon();
    pass(200);
    calm.now();
    calm.soon();
    pass(100);
    assert.deepEqual(at, [200]);
    pass(150);
    assert.deepEqual(at, [200, 450]);
  });

  it('draws no more when it is disposed', () => {
    const { calm, at, pass } = drawn();
    calm.soon();
    calm.dispose();
    pass(1_000);
    assert.deepEqual(at, []);
  });
});
