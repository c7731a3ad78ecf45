import assert from 'node:assert/strict';
import type { InfillPrompt } from '../../../server/llm/llm';
import { Prompts } from '../../../server/llm/prompts';

/** Each character is a token; special ones are in capitals. */
const fim = { prefix: 'P', suffix: 'S', middle: 'M', fileSeparator: 'F' };
const prompts = (layout: 'psm' | 'spm') => new Prompts(layout, fim, (text) => Array.from(text));
const at = (prefix: string, more: Partial<InfillPrompt> = {}): InfillPrompt => ({
  path: 'a',
  prefix,
  suffix: 'z',
  ...more,
});
const laid = (made: Prompts<string>, prompt: InfillPrompt, room = 500): string => made.layOut(prompt, room).join('');

describe('Prompts', () => {
  it('put what is typed behind the middle token, so that the prompt only grows', () => {
    const made = prompts('psm');
    assert.equal(laid(made, at('con')), 'Fa\nPconSzM');
    assert.equal(laid(made, at('cons')), 'Fa\nPconSzMs');
    assert.equal(laid(made, at('const')), 'Fa\nPconSzMst');
    assert.equal(laid(made, at('cons')), 'Fa\nPconSzMs', 'a backspace within it');
    assert.equal(laid(made, at('con')), 'Fa\nPconSzM');
  });

  it('are laid out anew where the text before, behind or around it is another', () => {
    const made = prompts('psm');
    laid(made, at('con'));
    assert.equal(laid(made, at('co')), 'Fa\nPcoSzM');
    assert.equal(laid(made, at('con', { suffix: ')' })), 'Fa\nPconS)M');
    assert.equal(laid(made, at('cons', { suffix: ')', context: [{ path: 'b', text: 'y' }] })), 'Fb\nyFa\nPconsS)M');
    assert.equal(laid(made, at('const', { suffix: ')', context: [{ path: 'b', text: 'y' }] })), 'Fb\nyFa\nPconsS)Mt');
  });

  it('are laid out anew when much was typed, or there is no room for it', () => {
    const made = prompts('psm');
    laid(made, at(''));
    const long = 'x'.repeat(401);
    assert.equal(laid(made, at(long), 1000), `Fa\nP${long}SzM`);
    laid(made, at('', { path: 'b' }));
    assert.match(laid(made, at('x'.repeat(100), { path: 'b' }), 100), /^Fb\nPx+SzM$/, 'not behind the middle');
  });

  it('keep the last files apart', () => {
    const made = prompts('psm');
    for (const path of ['a', 'b', 'c']) laid(made, at('x', { path }));
    assert.equal(laid(made, at('xy', { path: 'a' })), 'Fa\nPxSzMy');
    laid(made, at('x', { path: 'd' }));
    assert.equal(
      laid(made, at('xy', { path: 'b' })),
      'Fb\nPxySzM',
      'the one that was not used for the longest time is forgotten',
    );
  });

  it('need nothing of this where the prefix comes last', () => {
    const made = prompts('spm');
    laid(made, at('con'));
    assert.equal(laid(made, at('cons')), 'Fa\nPSzMcons');
  });
});
