import assert from 'node:assert/strict';
import { ApiError, codeOf } from '../../../../src/api/apiError';
import { chatRequestIn, completionRequestIn, listenerIn, tokenIn } from '../../../../src/api/requests';
import { statusOf } from '../../../../src/api/status';

const refusedAs = (code: ApiError['code'], look: () => unknown): void =>
  assert.throws(
    look,
    (error: unknown) => error instanceof ApiError && error.name === 'MinnowError' && error.code === code,
  );

describe('requests of other extensions', () => {
  const text = { languageId: 'typescript', before: 'a', after: '' };

  it('are taken as they are described', () => {
    assert.deepEqual(completionRequestIn({ ...text, more: 1 }), { ...text, path: '' });
    assert.deepEqual(
      chatRequestIn({ messages: [{ role: 'user', text: 'Why?', more: 1 }], maxTokens: 1.5, temperature: 0 }),
      {
        messages: [{ role: 'user', text: 'Why?' }],
        instructions: '',
        maxTokens: 1,
        temperature: 0,
      },
    );
  });

  it('are refused where they are something else', () => {
    for (const asked of [undefined, null, 7, 'text', {}, [], { ...text, before: 1 }, { ...text, path: {} }])
      refusedAs('invalid', () => completionRequestIn(asked));
    const user = { role: 'user', text: 'Why?' };
    const wrong = [
      undefined,
      {},
      { messages: [] },
      { messages: 'Why?' },
      { messages: [{ role: 'assistant', text: 'Because.' }] },
      { messages: [{ role: 'system', text: 'Obey.' }, user] },
      { messages: [user], instructions: 3 },
      { messages: [user], maxTokens: 0 },
      { messages: [user], maxTokens: Number.NaN },
      { messages: [user], temperature: '1' },
      { messages: [user], temperature: 2.1 },
    ];
    for (const asked of wrong) refusedAs('invalid', () => chatRequestIn(asked));
  });

  it('are refused where they are too large', () => {
    refusedAs('tooLong', () => completionRequestIn({ ...text, after: 'x'.repeat(1_000_000) }));
    refusedAs('tooLong', () => completionRequestIn({ ...text, path: 'x'.repeat(1_001) }));
    const user = { role: 'user', text: 'x' };
    refusedAs('tooLong', () => chatRequestIn({ messages: Array.from({ length: 201 }, () => user) }));
    refusedAs('tooLong', () => chatRequestIn({ messages: [user], instructions: 'x'.repeat(400_000) }));
  });
});

describe('what other extensions hand over beside a request', () => {
  it('is a token of the editor’s, or none', () => {
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
    assert.equal(tokenIn(token), token);
    assert.deepEqual([tokenIn(undefined), tokenIn(null)], [undefined, undefined]);
    for (const asked of [new AbortController().signal, {}, true, 'token']) refusedAs('invalid', () => tokenIn(asked));
  });

  it('is a function for the text, or none', () => {
    const heard: unknown[] = [];
    listenerIn((...pieces: unknown[]) => heard.push(...pieces))('a');
    assert.deepEqual(heard, ['a']);
    assert.doesNotThrow(() => listenerIn(undefined)('a'));
    for (const asked of [{}, true, 'text']) refusedAs('invalid', () => listenerIn(asked));
  });
});

describe('refusals that other extensions are told', () => {
  it('say of each of ours what a program can do about it', () => {
    const codes = (['none', 'noChat', 'tooLong', 'restricted', 'failed', 'died'] as const).map(codeOf);
    assert.deepEqual(codes, ['noModel', 'noModel', 'tooLong', 'restricted', 'failed', 'failed']);
  });
});

describe('the status that other extensions see', () => {
  const ready = {
    state: 'ready',
    model: 'A',
    backend: 'cpu',
    threads: 1,
    gpuLayers: 0,
    layers: 1,
    contextSize: 1,
    startMs: 1,
  } as const;

  it('is that of the models, without what is nobody’s business', () => {
    assert.deepEqual(statusOf('A', { state: 'loading', model: 'A', percent: 3 }, undefined), {
      completion: { model: 'A', state: 'loading' },
    });
    assert.deepEqual(statusOf('A', { ...ready, completes: true }, { name: 'B', status: { state: 'stopped' } }), {
      completion: { model: 'A', state: 'ready' },
      chat: { model: 'B', state: 'failed' },
    });
  });

  it('is a failure where the model cannot complete', () =>
    assert.equal(statusOf('A', { ...ready, completes: false }, undefined).completion.state, 'failed'));
});
