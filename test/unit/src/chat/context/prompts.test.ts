import assert from 'node:assert/strict';
import manifest from '../../../../../package.json';
import { COMMANDS, promptOf } from '../../../../../src/chat/context/commands';
import { fillPrompt, parsePromptFile, wants } from '../../../../../src/chat/context/promptFile';

describe('slash commands', () => {
  it('are those of the manifest, in its order', () => {
    const declared = manifest.contributes.chatParticipants[0]?.commands.map(({ name }) => name);
    assert.deepEqual(
      COMMANDS.map(({ name }) => name),
      declared,
    );
  });
  it('add what the person wrote', () => {
    const [explain] = COMMANDS;
    assert.ok(explain);
    assert.equal(promptOf(explain, ''), explain.prompt);
    assert.equal(promptOf(explain, 'the loop'), `${explain.prompt}\n\nthe loop`);
  });
});

describe('a prompt file', () => {
  it('has its name, description and body', () => {
    const text =
      '\uFEFF---\r\ndescription: "Writes a changelog"\r\nmodel: any\r\n---\r\n\r\nWrite it for {{file}}.\r\n';
    assert.deepEqual(parsePromptFile('changelog.md', text), {
      name: 'changelog',
      description: 'Writes a changelog',
      body: 'Write it for {{file}}.',
    });
  });
  it('needs no front matter, and a line is none', () => {
    assert.deepEqual(parsePromptFile('a.MD', 'Do it.\n---\nOr not.'), {
      name: 'a',
      description: '',
      body: 'Do it.\n---\nOr not.',
    });
    assert.equal(parsePromptFile('a.md', '---\ndescription: x\nno end').body, '---\ndescription: x\nno end');
  });

  const filling = { selection: 'a.ts:1-2', file: 'a.ts', input: 'be $& short {{file}}' };
  it('is filled once: what is filled in is not looked at again', () => {
    assert.equal(
      fillPrompt('{{selection}} of {{ file }}: {{input}} {{other}}', filling),
      'a.ts:1-2 of a.ts: be $& short {{file}} {{other}}',
    );
  });
  it('gets the input behind it where it has no place for it', () => {
    assert.equal(fillPrompt('Do it.', filling), 'Do it.\n\nbe $& short {{file}}');
    assert.equal(fillPrompt('Do it.', { ...filling, input: '' }), 'Do it.');
  });
  it('says when nothing is selected', () => {
    const none = { selection: undefined, file: undefined, input: '' };
    assert.equal(fillPrompt('{{selection}} {{file}}', none), '(nothing is selected) (no file is open)');
    assert.ok(wants('{{ selection }}', 'selection') && !wants('{{file}}', 'selection'));
  });
});
