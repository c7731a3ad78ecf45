import assert from 'node:assert/strict';
import { partOf } from '../../../../../src/chat/native/parts';

describe('partOf', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('reads instances of the editor and the plain objects that it has counted', () => {
    const call = { kind: 'call', call: { id: 'c', name: 'read', parameters: { a: 1 } } };
    assert.deepEqual(partOf({ callId: 'c', name: 'read', input: { a: 1 } }), call);
    assert.deepEqual(partOf({ type: 'tool_use', toolCallId: 'c', name: 'read', parameters: { a: 1 } }), call);
    const text = { kind: 'text', text: 'hi' };
    assert.deepEqual(partOf({ value: 'hi', audience: undefined }), text);
    assert.deepEqual(partOf({ type: 'text', value: 'hi' }), text);
    const result = { kind: 'result', callId: 'c', text: 'hi' };
    assert.deepEqual(partOf({ callId: 'c', content: [{ value: 'hi' }] }), result);
    assert.deepEqual(partOf({ type: 'tool_result', toolCallId: 'c', value: [{ type: 'text', value: 'hi' }] }), result);
  });

  it('reads text and JSON that come as bytes, and tells pictures apart', () => {
    assert.deepEqual(partOf({ data: bytes('ä'), mimeType: 'text/plain' }), { kind: 'text', text: 'ä' });
    assert.deepEqual(partOf({ data: bytes('{}'), mimeType: 'application/json' }), { kind: 'text', text: '{}' });
    assert.deepEqual(partOf({ data: bytes('x'), mimeType: 'image/png' }), { kind: 'picture' });
    assert.deepEqual(partOf({ data: bytes('x'), mimeType: 'stateful_marker' }), { kind: 'other' });
  });

  it('reads the text of trees that tools answer with', () => {
    const leaf = (text: string, lineBreakBefore: boolean): object => ({ type: 2, text, lineBreakBefore });
    const node = { type: 1, children: [leaf('a', true), { type: 1, children: [leaf('b', false), leaf('c', true)] }] };
    assert.deepEqual(partOf({ callId: 'c', content: [{ value: { node } }] }), {
      kind: 'result',
      callId: 'c',
      text: 'ab\nc',
    });
  });

  it('takes anything', () => {
    const round: { node?: object; children: object[] } = { children: [] };
    round.children.push(round);
    for (const odd of [undefined, null, 3, {}, [], { value: 3 }, { callId: 'c' }, { value: ['a'], id: 'x' }])
      assert.deepEqual(partOf(odd), { kind: 'other' });
    const result = partOf({ callId: 'c', content: [{ value: { node: round } }, null, { value: {} }] });
    assert.deepEqual(result, { kind: 'result', callId: 'c', text: '\n\n' });
  });
});
