/** The slash commands that come with Minnow. Written for small models: one task, concrete, and what the answer shall look like. */

export interface ChatCommand {
  readonly name: string;
  readonly prompt: string;
  /**
   * What it is about when nothing else was named. `code`: the selection, else the code in sight. `problems`: that, and what is wrong there.
   * `changes`: what git says has changed. `staged`: of that what is staged, where something is.
   */
  readonly takes: 'code' | 'problems' | 'changes' | 'staged';
}

export const COMMANDS: readonly ChatCommand[] = [
  {
    name: 'explain',
    prompt:
      'Explain what this code does, in short steps and plain words. Then name what is surprising or risky in it, if anything is.',
    takes: 'code',
  },
  {
    name: 'fix',
    prompt:
      'Find what is wrong in this code and fix it. Begin with one sentence on the cause. Then give the corrected code in one fenced code block. Change nothing else.',
    takes: 'problems',
  },
  {
    name: 'tests',
    prompt:
      'Write unit tests for this code in its own language. Test the usual case, the edge cases and bad input. Answer with the tests in one fenced code block.',
    takes: 'code',
  },
  {
    name: 'doc',
    prompt:
      'Add documentation comments to this code, in the style that is usual in its language. Do not change the code. Answer with the commented code in one fenced code block.',
    takes: 'code',
  },
  {
    name: 'review',
    prompt:
      'Review this code. List at most five real defects, the worst first: wrong results, errors that are not handled, security, lost data. For each give the file, the line, why it is wrong, and the fix. If there is none, say so.',
    takes: 'changes',
  },
  {
    name: 'commit',
    prompt:
      'Write a git commit message for these changes. First line: what the changes do, in the imperative, at most 72 characters. If it needs more, add a blank line and say why. Answer with the message only.',
    takes: 'staged',
  },
];

/** The prompt, and what the person wrote behind the command. */
export function promptOf({ prompt }: ChatCommand, input: string): string {
  return input === '' ? prompt : `${prompt}\n\n${input}`;
}
