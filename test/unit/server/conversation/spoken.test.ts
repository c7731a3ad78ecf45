import assert from 'node:assert/strict';
import type { Tool } from '../../../../server/chatProtocol';
import { type Said, Spoken, type SpokenOptions } from '../../../../server/conversation/spoken';

const tools: readonly Tool[] = [
  {
    name: 'read',
    description: 'Reads a file',
    parameters: { type: 'object', properties: { path: { type: 'string' }, lines: { type: 'integer' } } },
  },
  { name: 'list', description: 'Lists files', parameters: { type: 'object', properties: {} } },
];

/** What was said in these pieces, those of the same kind joined: `thought: …`, `text: …`, `call: …`. */
function said(pieces: readonly string[], options: SpokenOptions): readonly string[] {
  const spoken = new Spoken(options);
  const joined: { kind: string; text: string }[] = [];
  for (const each of [...pieces.flatMap((piece) => spoken.take(piece)), ...spoken.end()]) {
    const last = joined.at(-1);
    if (last?.kind === each.kind && each.kind !== 'toolCall') last.text += textOf(each);
    else joined.push({ kind: each.kind, text: textOf(each) });
  }
  return joined.map(({ kind, text }) => `${kind}: ${text}`);
}

const textOf = (each: Said): string =>
  each.kind === 'toolCall' ? `${each.call.name} ${JSON.stringify(each.call.parameters)}` : each.text;

/** The same however the stream is cut: into two at each place, and into pieces of one to seven characters. */
function check(raw: string, expected: readonly string[], options: SpokenOptions = {}): void {
  assert.deepEqual(said([raw], options), expected);
  for (let at = 1; at < raw.length; at++)
    assert.deepEqual(said([raw.slice(0, at), raw.slice(at)], options), expected, `cut at ${at}`);
  for (let size = 1; size < 8; size++) {
    const pieces = Array.from({ length: Math.ceil(raw.length / size) }, (_, n) => raw.slice(n * size, (n + 1) * size));
    assert.deepEqual(said(pieces, options), expected, `pieces of ${size}`);
  }
}

const call = '{"name": "read", "arguments": {"path": "a/}</tool_call>\\".ts", "lines": 3}}';
const read = 'toolCall: read {"path":"a/}</tool_call>\\".ts","lines":3}';

describe('Spoken', () => {
  it('tells thoughts from the answer', () => {
    check('<think>\nHm, < or >?\n</think>\n\nYes.\n', ['thought: Hm, < or >?', 'text: Yes.\n']);
    check('\n<thinking>a</thinking>b', ['thought: a', 'text: b']);
    check('<thought>a</thought>b', ['thought: a', 'text: b']);
    check('<reasoning>a</reasoning>b', ['thought: a', 'text: b']);
    check('[THINK]a[/THINK]b', ['thought: a', 'text: b']);
    check('<think>\n\n</think>\n\nNo thought.', ['text: No thought.']);
  });

  it('takes what has no end as a thought to the end', () => {
    check('<think>on and on </thin', ['thought: on and on </thin']);
    check('<think>', []);
  });

  it('drops a closing tag that nothing has opened, at the beginning only', () => {
    check('\n</think>\nYes.', ['text: Yes.']);
    check('The tag </think> ends a <think>.', ['text: The tag </think> ends a <think>.']);
    check('`<think>` opens a thought.', ['text: `<think>` opens a thought.']);
  });

  it('leaves text alone', () => {
    check('  a < b && c > d\n\n\t</div>\n', ['text: a < b && c > d\n\n\t</div>\n']);
    check('<thi', ['text: <thi']);
    check('', []);
    check(`<tool_call>${call}</tool_call>`, [`text: <tool_call>${call}</tool_call>`]);
    check('{"name": "read"}', ['text: {"name": "read"}']);
    check('\n  <think>b', ['text: \n  <think>b'], { isBegun: true });
  });

  it('reads calls of Hermes, Qwen and Granite', () => {
    check(`<tool_call>\n${call}\n</tool_call>`, [read], { tools });
    check(
      `<think>x</think>I look.\n<tool_call>${call}</tool_call>\n<tool_call>{"name":"list"}</tool_call>`,
      ['thought: x', 'text: I look.', read, 'toolCall: list {}'],
      { tools },
    );
    check(`<|tool_call|>[${call}, {"name": "list", "arguments": "{}"}]`, [read, 'toolCall: list {}'], { tools });
    check(`[TOOL_CALLS][${call}]`, [read], { tools });
    check(`First.<tool_call>${call}</tool_call> Then.`, ['text: First.', read, 'text: \n\nThen.'], { tools });
    check(`<tool_call>${call}`, [read], { tools });
  });

  it('reads calls of Qwen3-Coder', () => {
    const one =
      '<function=read>\n<parameter=path>\n12\nb.ts\n</parameter>\n<parameter=lines>\n12\n</parameter>\n</function>';
    const expected = ['toolCall: read {"path":"12\\nb.ts","lines":12}'];
    check(`<tool_call>\n${one}\n</tool_call>`, expected, { tools });
    check(`Well.\n\n${one}`, ['text: Well.', ...expected], { tools });
    check('<tool_call><function=list></function></tool_call>', ['toolCall: list {}'], { tools });
    check('<function=read>{"path": "a"}</function>', ['toolCall: read {"path":"a"}'], { tools });
  });

  it('reads calls of Llama 3', () => {
    check('{"name": "read", "parameters": {"path": "a"}}', ['toolCall: read {"path":"a"}'], { tools });
    check('<|python_tag|>{"type": "function", "name": "list", "parameters": {}}', ['toolCall: list {}'], { tools });
    check('{"name":"list"}; {"name":"list"}', ['toolCall: list {}', 'toolCall: list {}'], { tools });
  });

  it('gives back what is no call', () => {
    for (const raw of [
      '<tool_call>{"name": "rea',
      '<tool_call>{"name": "unknown", "arguments": {}}</tool_call> and so on',
      '<tool_call>{"name": "read", "arguments": {]}</tool_call>',
      '<tool_call>read the file</tool_call>',
      '<function=unknown></function>',
      '<function=read><parameter=path>a',
      'a < b <tool_cal',
      '{"name": "minnow", "version": 1}',
      '{ "a": 1 }',
      '{',
      '{"',
    ])
      check(raw, [`text: ${raw}`], { tools });
  });

  it('tells as soon as it is clear', () => {
    const spoken = new Spoken({ tools });
    assert.deepEqual(spoken.take('Hello <'), [{ kind: 'text', text: 'Hello' }]);
    assert.deepEqual(spoken.take('b>'), [{ kind: 'text', text: ' <b>' }]);
    assert.deepEqual(new Spoken({}).take('a <'), [{ kind: 'text', text: 'a <' }]);
  });
});
