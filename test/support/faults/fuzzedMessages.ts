/** Messages as no client sends them, by seed: right ones in which something is of another type, out of range, missing or far too much. */
import { integer, type Random } from '../../../server/measure/random';

const uri = 'file:///sample/fuzzed.py';
const textDocument = { uri, version: 2 };
const position = { line: 0, character: 4 };
const range = { start: position, end: position };
const edit = { path: 'a.py', languageId: 'python', text: 'a = 1\nb = 2\n', context: [], earlier: [] };
const lines = { first: 0, count: 2 };

type Template = readonly [method: string, params: unknown];

const REQUESTS: readonly Template[] = [
  ['textDocument/inlineCompletion', { textDocument, position, context: { triggerKind: 1 } }],
  [
    'textDocument/inlineCompletion',
    { textDocument, position, context: { triggerKind: 0, selectedCompletionInfo: { range, text: 'ab' } } },
  ],
  ['minnow/digest', uri],
  ['minnow/status', undefined],
  ['minnow/outcome', undefined],
  [
    'minnow/chat',
    { conversation: 'a', instructions: '', turns: [{ role: 'user', text: 'hi' }], temperature: 0, thinks: false },
  ],
  ['minnow/countTokens', { texts: ['one', 'two'] }],
  ['minnow/embed', { texts: ['one'] }],
  ['minnow/edit', { ...edit, range: lines, instruction: 'Rename a.', temperature: 0, thinks: false }],
  ['minnow/warmEdit', { ...edit, range: lines }],
  ['minnow/outline', { languageId: 'python', text: 'def a():\n  pass\n' }],
  [
    'minnow/measureHoles',
    { files: [{ path: 'a.py', languageId: 'python', text: 'a = 1\n' }], holes: 1, seed: 1, without: ['endless'] },
  ],
  ['shutdown', undefined],
  ['no/such/request', { a: [position] }],
];
const NOTIFICATIONS: readonly Template[] = [
  ['textDocument/didOpen', { textDocument: { ...textDocument, languageId: 'python', text: 'def a():\r\n  😀\n' } }],
  ['textDocument/didChange', { textDocument, contentChanges: [{ range, text: 'x' }, { text: 'whole' }] }],
  ['textDocument/didClose', { textDocument }],
  ['textDocument/didSave', { textDocument }],
  ['minnow/didMoveCursor', { uri, ...position }],
  ['minnow/didGiveWay', { busy: false }],
  ['minnow/didWatchTyping', { on: true }],
  ['minnow/didHaveEnough', { token: 'a', piece: 0 }],
  ['$/cancelRequest', { id: 1_000_000 }],
  ['$/setTrace', { value: 'off' }],
  ['$/progress', { token: 1, value: {} }],
  ['workspace/didChangeConfiguration', { settings: {} }],
  ['no/such/notification', []],
];
/** What these say holds for all that follows, so only what says nothing of sense is sent. */
const SENSELESS: readonly Template[] = [
  ...[null, 5, {}, [], { completion: null }, { completion: 'x' }, { completion: { multiline: 1, comments: [] } }].map(
    (params): Template => ['minnow/didChangeSettings', params],
  ),
  ...[null, 'x', {}, { uris: null }, { uris: [5, null, {}], definitions: [null, 5, { path: 5, text: {} }] }].map(
    (params): Template => ['minnow/didChangeNeighbours', params],
  ),
  ...[
    null,
    {},
    { event: null },
    { event: { added: 5 } },
    { event: { added: [null, 5, { uri: 5 }], removed: [{}] } },
  ].map((params): Template => ['workspace/didChangeWorkspaceFolders', params]),
];
const ENVELOPES: readonly unknown[] = [
  null,
  5,
  'x',
  [],
  {},
  [{ jsonrpc: '2.0', method: 'x' }],
  { jsonrpc: '2.0', id: {}, method: 'minnow/status' },
  { jsonrpc: '2.0', method: 5, params: {} },
  { jsonrpc: '1.0', id: 'x', result: 5, error: {} },
  { id: 4e9, result: null },
  { id: null, error: { code: 'x' } },
  { jsonrpc: '2.0', method: 'minnow/didMoveCursor', params: 'x' },
  { jsonrpc: '2.0', method: '__proto__', params: { constructor: null } },
];
const BROKEN_JSON = ['', '{', '}', '{"jsonrpc":"2.0","id":1', 'undefined', '\0\0\0', '\ufffe{}', '{"a":1e999999}', '"'];
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  '',
  'x',
  '\ud800',
  '\udc00😀',
  '\0',
  [],
  {},
  [[]],
  [null],
  { line: null },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  'file:///sample/fuzzed.py',
  'x'.repeat(70_000),
];
const LONGEST = 10 << 20;
/** Of ten thousand messages: the rest of the process must still have time for the others. */
const HUGE_PER_TEN_THOUSAND = 8;

export interface Fuzzed {
  readonly json: string;
  /** It is a request, which must be answered. */
  readonly id?: number;
}

export function fuzzedMessage(random: Random, nextId: () => number): Fuzzed {
  const luck = random();
  if (luck < 0.04) return { json: pick(random, BROKEN_JSON) ?? '' };
  if (luck < 0.08) return { json: JSON.stringify(pick(random, ENVELOPES)) };
  if (luck < 0.085) return { json: deep(random) };
  if (luck < 0.15) return messageOf(pick(random, SENSELESS), undefined);
  const isRequest = luck < 0.55;
  const [method, params] = pick(random, isRequest ? REQUESTS : NOTIFICATIONS) ?? ['x', {}];
  const times = integer(random, 0, 4);
  let changed = params;
  for (let n = 0; n < times; n++) changed = mutated(random, changed);
  return messageOf([method, changed], isRequest ? nextId() : undefined);
}

function messageOf([method, params]: Template = ['x', {}], id: number | undefined): Fuzzed {
  const json = JSON.stringify({ jsonrpc: '2.0', ...(id === undefined ? {} : { id }), method, params });
  return { json, ...(id === undefined ? {} : { id }) };
}

/** As deep as a stack of calls cannot be. */
function deep(random: Random): string {
  const depth = integer(random, 1_000, 100_000);
  const params = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  return `{"jsonrpc":"2.0","method":"minnow/didMoveCursor","params":${params}}`;
}

/** The value with something of it replaced, taken away or said again. */
function mutated(random: Random, value: unknown): unknown {
  if (random() < 0.3 || typeof value !== 'object' || value === null) return other(random);
  if (Array.isArray(value)) {
    const at = integer(random, 0, value.length);
    const kept: unknown[] = value.flatMap((each: unknown, n) => (n === at ? [mutated(random, each), each] : [each]));
    return random() < 0.3 ? kept.slice(1) : kept;
  }
  const entries = Object.entries(value);
  const at = integer(random, 0, entries.length);
  const isGone = random() < 0.2;
  return Object.fromEntries(
    entries.flatMap(([key, each], n) => (n !== at ? [[key, each]] : isGone ? [] : [[key, mutated(random, each)]])),
  );
}

function other(random: Random): unknown {
  return random() < HUGE_PER_TEN_THOUSAND / 10_000 ? 'é\n'.repeat(LONGEST / 3) : pick(random, VALUES);
}

function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[integer(random, 0, items.length)];
}
