/** Sends fuzzed messages to a server, and asks in between what it answered rightly before. */
import type { Random } from '../../../server/measure/random';
import { fuzzedMessage } from './fuzzedMessages';
import type { RawClient } from './rawClient';

const uri = 'file:///sample/known.py';
const text = 'class P:\n    def get_x(self):\n        return self.x\n\n    def get_y(self):\n        return ';
const position = { line: 5, character: 15 };
/** What the embedded model says there. */
const KNOWN = 'self.y';
const CHECK_EVERY = 250;
/** Answers that are being written meanwhile. */
const MOST_AT_ONCE = 12;

export interface FuzzReport {
  readonly messages: number;
  readonly requests: number;
  readonly checks: number;
  /** The longest wait for a right answer, in milliseconds. */
  readonly slowestMs: number;
}

/** @throws Error when the server has died, answers wrongly, or does not answer */
export async function fuzzMessages(client: RawClient, random: Random, count: number): Promise<FuzzReport> {
  const running: number[] = [];
  let [requests, checks, slowestMs] = [0, 0, 0];
  for (let sent = 1; sent <= count; sent++) {
    const { json, id } = fuzzedMessage(random, () => client.nextId());
    await client.frame(json);
    if (id !== undefined) {
      requests++;
      client.asked.add(id);
      running.push(id);
    }
    const isCheck = sent % CHECK_EVERY === 0 || sent === count;
    while (running.length > (isCheck ? 0 : MOST_AT_ONCE)) client.tell('$/cancelRequest', { id: running.shift() });
    if (!isCheck) continue;
    const started = performance.now();
    await checkKnown(client);
    slowestMs = Math.max(slowestMs, performance.now() - started);
    checks++;
  }
  const left = client.unanswered();
  if (left.length > 0) throw new Error(`${left.length} requests were not answered once: ${left.slice(0, 5).join()}`);
  return { messages: count, requests, checks, slowestMs };
}

/** Asks for ghost text of which it is known what it is. @throws Error when it is something else */
export async function checkKnown(client: RawClient): Promise<void> {
  client.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'python', version: 1, text } });
  const params = { textDocument: { uri }, position, context: { triggerKind: 1 } };
  const { result, error } = await client.ask('textDocument/inlineCompletion', params);
  client.tell('textDocument/didClose', { textDocument: { uri } });
  const [item]: readonly { readonly insertText?: unknown }[] = Array.isArray(result) ? result : [];
  if (item?.insertText !== KNOWN) throw new Error(`answered ${JSON.stringify(error ?? result)} instead of ${KNOWN}`);
}

/** Frames that are none: each may end its connection, never more. */
export const BROKEN_FRAMES: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['no length', Buffer.from('Content-Type: x\r\n\r\n{}')],
  ['a length that is no number', Buffer.from('Content-Length: many\r\n\r\n{}')],
  ['a length below nothing', Buffer.from('Content-Length: -5\r\n\r\n{}')],
  ['a length that is far too much', Buffer.from('Content-Length: 99999999999999999999\r\n\r\n{}')],
  ['a length that is too short', Buffer.from('Content-Length: 3\r\n\r\n{"jsonrpc":"2.0","method":"x"}')],
  ['a cut frame', Buffer.from('Content-Length: 500\r\n\r\n{"jsonrpc":"2.0","id":')],
  ['a header without an end', Buffer.alloc(300_000, 'x')],
  ['a line without a colon', Buffer.from('hello\r\n\r\n')],
  ['zeros', Buffer.alloc(4_096)],
  ['a web request', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
  [
    'an unknown charset',
    Buffer.from('Content-Length: 2\r\nContent-Type: application/json; charset=nonsense\r\n\r\n{}'),
  ],
];
