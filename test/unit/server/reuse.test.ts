import assert from 'node:assert/strict';
import { remainder } from '../../../server/completion/reuse';
import { placeIn } from '../../support/cursor';

const uri = 'file:///a.ts';
const last = { uri, place: placeIn('const a = █;\n'), suggestion: { text: 'first();', replace: 0 } };

describe('remainder', () => {
  it('is what is left of a suggestion that is typed through', () => {
    assert.equal(remainder(last, uri, placeIn('const a = fir█;\n'))?.text, 'st();');
    assert.equal(remainder(last, uri, placeIn('const a = █;\n'))?.text, 'first();');
  });

  it('is nothing once the typing differs, or all of it is typed', () => {
    assert.equal(remainder(last, uri, placeIn('const a = fox█;\n')), undefined);
    assert.equal(remainder(last, uri, placeIn('const a = first();█;\n')), undefined);
  });

  it('is nothing elsewhere', () => {
    assert.equal(remainder(last, 'file:///b.ts', placeIn('const a = fir█;\n')), undefined);
    assert.equal(remainder(last, uri, placeIn('const b = fir█;\n')), undefined);
    assert.equal(remainder(last, uri, placeIn('const a = fir█x;\n')), undefined);
    assert.equal(remainder(last, uri, placeIn('const █;\n')), undefined);
    assert.equal(remainder(undefined, uri, placeIn('█')), undefined);
  });
});
