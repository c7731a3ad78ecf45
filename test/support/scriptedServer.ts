/**
 * A real server process whose model is a script, slow enough to be cancelled: it answers with the prefix's last word in capitals, or with
 * what stands as a JSON string in the last `say "…"` before the cursor. In a chat it does the same with the question (see `told`), a word at
 * a time: `--msPerWord=20`, in a context of `--room=2048` tokens. At the word `DIE` the process ends, at `STUMBLE` the
 * request does, by a mistake of the program. `--noChat`: it has no chat template.
 * `--grammars=dist/grammars`: it knows languages. `--graceMs=10000`: how long it stays without a window.
 */
import { Engine } from '../../server/engine';
import { UserError } from '../../server/errors';
import { serveWindows } from '../../server/shared/serveWindows';
import { Syntax } from '../../server/syntax/syntax';
import { scriptedChat, scriptedPoint, told } from './scriptedChat';
import { scriptedLlm } from './scriptedLlm';

/** @param fallback where the flag is absent */
const flag = (name: string, fallback: number): number =>
  Number(process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback);
const chats = !process.argv.includes('--noChat');
const chat = scriptedChat({
  say: told,
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
const grammars = process.argv.find((each) => each.startsWith('--grammars='))?.slice('--grammars='.length) ?? 'nowhere';
serveWindows({
  engine: new Engine({ model: 'Scripted', load }),
  syntax: Syntax.create(grammars),
  graceMs: flag('graceMs', 10_000),
});
