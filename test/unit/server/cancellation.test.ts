import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver-protocol';
import { withSignal } from '../../../server/cancellation';

const abortedIn = (source: CancellationTokenSource, ms: number): Promise<boolean> =>
  withSignal(source.token, async (signal) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return signal.aborted;
  });

describe('withSignal', () => {
  it('is aborted where the request was cancelled before anybody read its token', async () => {
    const source = new CancellationTokenSource();
    source.cancel();
    assert.equal(await abortedIn(source, 0), true);
  });

  it('is aborted when the request is cancelled, and not before', async () => {
    const source = new CancellationTokenSource();
    assert.equal(await abortedIn(source, 0), false);
    setTimeout(() => source.cancel(), 1);
    assert.equal(await abortedIn(source, 20), true);
  });
});
