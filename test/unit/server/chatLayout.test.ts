import assert from 'node:assert/strict';
import { ChatLayout, type Vocabulary } from '../../../server/llm/chat/layout';
import { brokenUp, markersOf } from '../../../server/llm/chat/markers';
import { ChatTemplate } from '../../../server/llm/chat/template';
import { Writer } from '../../../server/llm/chat/writer';
import type { ChatMessage, ChatPrompt } from '../../../server/llm/llm';
import { templates } from '../../support/chatTemplates';

const SPECIAL = /<\|im_start\|>|<\|im_end\|>|<think>|<\/think>|<s>|<\/s>|\[\/?INST\]/;
/** Tokens are special tokens, and characters. What is data has its characters only. */
const vocabulary: Vocabulary<string> = {
  template: (text) =>
    text.split(new RegExp(`(${SPECIAL.source})`)).flatMap((part) => (SPECIAL.test(part) ? [part] : [...part])),
  data: (text) => [...text],
};
const layoutOf = (text: string, begin?: string): ChatLayout<string> =>
  new ChatLayout(new ChatTemplate({ text, bos: '<s>', eos: '</s>', markers: SPECIAL }), {
    ...vocabulary,
    ...(begin === undefined ? {} : { begin }),
  });
const user = (text: string): ChatMessage => ({ role: 'user', text });
const assistant = (text: string): ChatMessage => ({ role: 'assistant', text });
const prompt = (messages: readonly ChatMessage[], rest: Partial<ChatPrompt> = {}): ChatPrompt => ({
  messages,
  thinks: false,
  ...rest,
});

/** An answer in tokens of two characters. */
function written(text: string, opening?: string) {
  const tokens = text.match(/..?/gs) ?? [];
  const ends = tokens.map((_, at) => Math.min(text.length, (at + 1) * 2));
  return { text, tokens, ends, ...(opening === undefined ? {} : { opening }) };
}

describe('ChatLayout', () => {
  it('begins with the token for the begin once, or not at all', () => {
    assert.deepEqual(
      layoutOf(templates.MISTRAL, '<s>')
        .layOut(prompt([user('a')]))
        .tokens.slice(0, 2),
      ['<s>', '[INST]'],
    );
    assert.equal(layoutOf(templates.SMOLLM2, '<s>').layOut(prompt([user('a')])).tokens[0], '<s>');
    assert.equal(layoutOf(templates.SMOLLM2).layOut(prompt([user('a')])).tokens[0], '<|im_start|>');
  });

  it('has special tokens where the template has them, and nowhere else', () => {
    const { tokens } = layoutOf(templates.QWEN3).layOut(prompt([user('a<|im_end|>b')], { thinks: true }));
    assert.equal(tokens.filter((token) => token === '<|im_end|>').length, 1);
    assert.ok(tokens.join('').includes('a<|im_end|>b'));
  });

  it('takes the tokens of the very answer before those of another one that begins with it', () => {
    const layout = layoutOf(templates.SMOLLM2);
    layout.answers.remember({ text: 'Hello', tokens: ['Hello'], ends: [5] });
    layout.answers.remember(written('Hello you'));
    const { tokens } = layout.layOut(prompt([user('a'), assistant('Hello'), user('b')]));
    assert.equal(tokens[tokens.indexOf('Hello') + 1], '<|im_end|>');
  });

  it('lays out an answer with the tokens that it was written with', () => {
    const layout = layoutOf(templates.SMOLLM2);
    layout.answers.remember(written('Hello you'));
    const { tokens } = layout.layOut(prompt([user('a'), assistant('Hello you'), user('b')]));
    const at = tokens.indexOf('He');
    assert.deepEqual(tokens.slice(at, at + 6), ['He', 'll', 'o ', 'yo', 'u', '<|im_end|>']);
    assert.equal(tokens.includes('e'), true);
  });

  it('goes on with the tokens of an answer that broke off, cut or not', () => {
    const layout = layoutOf(templates.SMOLLM2);
    layout.answers.remember(written('Hello you'));
    assert.deepEqual(layout.layOut(prompt([user('a')], { begun: 'Hello you' })).begun, ['He', 'll', 'o ', 'yo', 'u']);
    assert.deepEqual(layout.layOut(prompt([user('a')], { begun: 'Hello' })).begun, ['He', 'll', 'o']);
    assert.deepEqual(layout.layOut(prompt([user('a')], { begun: 'Hallo' })).begun, [...'Hallo']);
  });

  it('keeps before an answer what the template puts there only once', () => {
    const layout = layoutOf(templates.QWEN3);
    const first = layout.layOut(prompt([user('a')]));
    layout.answers.remember(written('Hello', first.opening));
    const { tokens } = layout.layOut(prompt([user('a'), assistant('Hello'), user('b')]));
    assert.deepEqual(tokens.slice(0, first.tokens.length), first.tokens);
    assert.equal(tokens[first.tokens.length], 'He');
  });

  it('knows an answer again without what was thought before it', () => {
    const layout = layoutOf(templates.QWEN3);
    layout.answers.remember(written('<think>Hm</think>\n\nHello!'.replace('Hm', 'Hmm')));
    const { tokens } = layout.layOut(prompt([user('a'), assistant('Hello!'), user('b')], { thinks: true }));
    assert.equal(tokens.join('').includes('Hmm'), false);
    assert.ok(tokens.includes('He'), tokens.join('|'));
  });

  it('tells which thought the template has opened, and closes it for an answer that is past it', () => {
    const layout = layoutOf(templates.THINKING);
    assert.equal(layout.layOut(prompt([user('a')])).thought, '<think>\n');
    assert.equal(layoutOf(templates.QWEN3).layOut(prompt([user('a')])).thought, '');
    const begun = (text: string): string =>
      layout
        .layOut(prompt([user('a')], { begun: text }))
        .tokens.join('')
        .slice(-30);
    assert.ok(begun('<think>\nHm').endsWith('<think>\nHm'));
    assert.ok(begun('Hello').endsWith('<think>\n\n</think>\n\nHello'));
  });
});

describe('Writer', () => {
  /** Tokens are bytes. */
  const writer = (): Writer<number> => new Writer((bytes) => new TextDecoder().decode(Uint8Array.from(bytes)));

  it('tells whole characters only', () => {
    const written = writer();
    const texts = Array.from(new TextEncoder().encode('a😀é'), (byte) => written.add(byte));
    assert.deepEqual(texts, ['a', '', '', '', '😀', '', 'é']);
    assert.deepEqual([written.text, written.ends], ['a😀é', [1, Infinity, Infinity, Infinity, 3, Infinity, 4]]);
  });

  it('does not wait for ever for a character that never becomes whole', () => {
    const written = writer();
    const texts = [0xf0, 0xf0, 0xf0, 0xf0, 0x61].map((byte) => written.add(byte));
    assert.deepEqual(texts.slice(0, 3), ['', '', '']);
    assert.deepEqual([texts[3], texts[4]], ['\uFFFD\uFFFD\uFFFD\uFFFD', 'a']);
  });
});

describe('markersOf', () => {
  const texts = ['<s>', 'hello', '<think>', '<table>', '<|fim|>', '    ', '<tool>'];
  const { all, stubborn } = markersOf(texts, [3, 1, 4, 4, 4, 4, 4], 'a <think> b');

  it('finds special tokens, and those that the engine finds everywhere', () => {
    assert.deepEqual('<s> hello <think> <table> <|fim|>'.match(all), ['<s>', '<think>', '<|fim|>']);
    assert.deepEqual(stubborn && '<s> <think>     <table> <|fim|> <tool>'.match(stubborn), ['<think>', '<|fim|>']);
  });

  it('breaks them up and loses nothing', () => {
    const pieces = brokenUp('a<think>b<|fim|>', stubborn);
    assert.deepEqual(pieces, ['a<', 'think>b<', '|fim|>']);
    assert.deepEqual(brokenUp('<think>', undefined), ['<think>']);
  });
});
