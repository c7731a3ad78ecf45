/**
 * A real server process whose model is a script, slow enough to be cancelled: it answers with the prefix's last word in capitals, or with
 * what stands as a JSON string in the last `say "…"` before the cursor. In a chat it does the same with the question (see `told`), a word at
 * a time: `--msPerWord=20`, in a context of `--room=2048` tokens. At the word `DIE` the process ends, at `STUMBLE` the
 * request does, by a mistake of the program. `--noChat`: it has no chat template.
 * `--grammars=dist/grammars`: it knows languages. `--graceMs=10000`: how long it stays without a window. `--answers=FILE`: JSON; a question
 * that holds a key of it is answered by the key's text.
 */
import { readFileSync } from 'node:fs';
import { Engine } from '../../server/engine';
import { UserError } from '../../server/errors';
import { serveWindows } from '../../server/shared/serveWindows';
import { Syntax } from '../../server/syntax/syntax';
import { scriptedChat, scriptedPoint, told } from './scriptedChat';
import { scriptedLlm } from './scriptedLlm';

/** The words of a flag; undefined where it is absent. */
const words = (name: string): string | undefined =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
/** @param fallback where the flag is absent */
const flag = (name: string, fallback: number): number => Number(words(name) ?? fallback);
const answersFile = words('answers');
const answers: Readonly<Record<string, string>> =
  answersFile === undefined ? {} : JSON.parse(readFileSync(answersFile, 'utf8'));
const chats = !process.argv.includes('--noChat');
const chat = scriptedChat({
  say: (prompt) => {
    const question = prompt.messages.findLast(({ role }) => role === 'user')?.text ?? '';
    return Object.entries(answers).find(([asked]) => question.includes(asked))?.[1] ?? told(prompt);
  },
  msPerWord: flag('msPerWord', 20),
  room: flag('room', 2048),
  onWord: (word) => {
    if (word.trim() === 'DIE') process.exit(7);
    if (word.trim() === 'STUMBLE') throw new TypeError('told to stumble');
  },
});
const completes = scriptedLlm(
  ({ prefix, context }) => {
    if (prefix.endsWith('// CONTEXT'))
      return ` ${context?.length} FILES ${context?.map(({ path }) => path).join()}`.trim();
    const told = /say (".*")(?!.*say)/.exec(prefix)?.[1];
    return told === undefined ? (/\w+$/.exec(prefix)?.[0] ?? 'nothing').toUpperCase() : String(JSON.parse(told));
  },
  chats ? { chat: chat.facts } : {},
  20,
);
const llm = {
  ...completes,
  ...(chats ? { chat } : {}),
  embed: (texts: readonly string[]) => Promise.resolve(texts.map(scriptedPoint)),
};
const load = async (onPercent: (percent: number) => void) => {
  onPercent(50);
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (process.argv.includes('--fail')) throw new UserError('outOfMemory', 'told to fail');
  if (process.argv.includes('--die')) process.exit(7);
  return llm;
};
const grammars = words('grammars') ?? 'nowhere';
serveWindows({
  engine: new Engine({ model: 'Scripted', load }),
  syntax: Syntax.create(grammars),
  graceMs: flag('graceMs', 10_000),
});
