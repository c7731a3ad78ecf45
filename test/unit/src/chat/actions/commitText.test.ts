import assert from 'node:assert/strict';
import { commitText } from '../../../../../src/chat/actions/commitText';

const SUBJECT = 'Add a cache for names';

describe('commitText', () => {
  const cases: Readonly<Record<string, readonly [written: string, message: string]>> = {
    'a message as it is': [`${SUBJECT}\n\nIt saves a look-up.`, `${SUBJECT}\n\nIt saves a look-up.`],
    'a body without a gap': [`${SUBJECT}\nIt saves a look-up.`, `${SUBJECT}\n\nIt saves a look-up.`],
    fences: [`\`\`\`\n${SUBJECT}\n\`\`\``, SUBJECT],
    'fences with a language, and words behind': [`\`\`\`text\n${SUBJECT}\n\`\`\`\nThis message is good.`, SUBJECT],
    'a fence that is not closed': [`\`\`\`\n${SUBJECT}`, SUBJECT],
    'chatter and a fence': [`Sure! Here is the commit message:\n\n\`\`\`git\n${SUBJECT}\n\`\`\``, SUBJECT],
    'chatter alone on a line': [`Here's a commit message for the changes:\n\n${SUBJECT}`, SUBJECT],
    'a label': [`Commit message: ${SUBJECT}`, SUBJECT],
    'a bold label': [`**Commit Message:** ${SUBJECT}`, SUBJECT],
    'a label on its own line': [`Commit message:\n${SUBJECT}`, SUBJECT],
    quotes: [`"${SUBJECT}"`, SUBJECT],
    'typographic quotes': [`“${SUBJECT}”`, SUBJECT],
    'quotes around the first line': [`'${SUBJECT}'\n\nBody.`, `${SUBJECT}\n\nBody.`],
    'one word in quotes': ['"git" is spelled small', '"git" is spelled small'],
    backticks: [`\`${SUBJECT}\``, SUBJECT],
    'a heading': [`# ${SUBJECT}`, SUBJECT],
    bold: [`**${SUBJECT}**`, SUBJECT],
    thoughts: [`<think>What now?\nHm.</think>\n\n${SUBJECT}`, SUBJECT],
    'a thought without end': ['<think>What now?', ''],
    'Windows line ends': [`${SUBJECT}\r\n\r\nBody.\r\n`, `${SUBJECT}\n\nBody.`],
    'colours and marks that turn text around': [`\u001b[31mAdd\u001b[0m a \u202ecache\u0000`, 'Add a cache'],
    'a list in the body': [`${SUBJECT}\n\n- one\n- two`, `${SUBJECT}\n\n- one\n- two`],
    'subjects that begin like chatter': ['Here documents are read whole', 'Here documents are read whole'],
    'a type and a scope': ['feat(api): add names', 'feat(api): add names'],
    'code in the body': [`${SUBJECT}\n\n\`\`\`\nnames()\n\`\`\``, `${SUBJECT}\n\n\`\`\`\nnames()\n\`\`\``],
    nothing: ['  \n', ''],
    'chatter only': ['Sure!', ''],
  };
  for (const [name, [written, message]] of Object.entries(cases))
    it(`reads ${name}`, () => assert.equal(commitText(written, true), message));

  it('shows nothing of what it takes back later', () => {
    for (const [name, [written, message]] of Object.entries(cases))
      for (let end = 0; end <= written.length; end++) {
        const shown = commitText(written.slice(0, end), false);
        assert.doesNotMatch(shown, /sure|commit message|<think|What now/i, `${name}: ${shown}`);
        if (message === '') assert.equal(shown, '', name);
      }
  });

  it('grows while it is written', () => {
    assert.equal(commitText('Add a', false), '');
    assert.equal(commitText('Add a cache for', false), 'Add a cache for');
    assert.equal(commitText('"Add a cache for', false), 'Add a cache for');
    assert.equal(commitText('Here is the', false), '');
    assert.equal(commitText(`Here is the message:\n${SUBJECT}`, false), SUBJECT);
  });
});
