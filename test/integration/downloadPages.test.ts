import assert from 'node:assert/strict';
import { modelBytes, Place, quick } from '../support/downloads';
import type { Served } from '../support/hub';

const body = modelBytes(900_000);
const unfinishedFiles = ['.part', '.part.json'];

describe('download where a page comes instead', () => {
  let place: Place;
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.remove());

  /** Serves something else as soon as the server was looked at. */
  function afterLook(served: Served): () => void {
    return () => {
      if (place.hub.seen.at(-1)?.range === 'bytes=0-0') place.serve(served);
    };
  }

  it('takes no page for a file', async () => {
    const page = Buffer.from('<!doctype html><title>Sign in</title>');
    const pages: readonly Served[] = [
      { body: page, contentType: 'text/html; charset=utf-8' },
      { body: Buffer.from('{"error":"no"}'), contentType: 'application/json' },
      { body: page },
      { body: page, contentType: 'text/plain' },
      { body: Buffer.from('GG') },
    ];
    for (const served of pages) {
      place.serve(served);
      assert.equal(await place.faultOf(), 'notAFile', JSON.stringify(served.contentType));
      assert.deepEqual(await place.left(), []);
    }
  });

  it('keeps what it has when a sign-in page comes instead of the rest', async () => {
    place.serve({ body, fault: { kind: 'cut', after: 400_000, times: 1 }, bytesPerSecond: 10_000_000 });
    assert.equal(await place.faultOf({ ...quick, tries: 1 }), 'serverFailed');
    const page = { body: Buffer.from('<html>'), contentType: 'text/html', ranges: 'none' } as const;
    place.serve(page);
    assert.equal(await place.faultOf(), 'notAFile');
    assert.deepEqual(await place.left(), unfinishedFiles);
    // After the first look at the server, the page.
    place.serve({ body });
    assert.equal(await place.faultOf({ ...quick, onConnection: afterLook(page) }), 'notAFile');
    assert.deepEqual(await place.left(), unfinishedFiles);
    place.serve({ body });
    const before = place.hub.sent;
    await place.get();
    assert.deepEqual(await place.content(), body);
    assert.deepEqual(await place.left(), ['']);
    assert.ok(place.hub.sent - before < 700_000, `${place.hub.sent - before}`);
  });

  it('keeps nothing when a sign-in page comes instead of the first bytes', async () => {
    place.serve({ body });
    const page = { body: Buffer.from('<html>'), contentType: 'text/html', ranges: 'none' } as const;
    assert.equal(await place.faultOf({ ...quick, onConnection: afterLook(page) }), 'notAFile');
    assert.deepEqual(await place.left(), []);
  });
});
