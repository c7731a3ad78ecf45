/** What a question names: `@file:path`, `@problems` and so on, and the slash command in front. Names in code are not meant. */
import { KINDS, type MentionKind } from './kinds';

export interface Mention {
  readonly kind: MentionKind;
  /** A path or a symbol; '' for kinds that have none. */
  readonly name: string;
  /** Lines of a file from 0, the end included. */
  readonly lines?: readonly [first: number, last: number];
  /** Where it stands in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** An `@` within a word is an e-mail address; with more behind it (`@workspace/tools`) a package or a decorator. */
const MENTION =
  /(?<=^|[\s([{"'“‘«,;])@(?:(file|folder|symbol):(?:"([^"\n]+)"(:\d+(?:-\d+)?)?|([^\s"]+))|(problems|terminal|changes|workspace|selection)(?![\p{L}\p{N}_:/@\\-]|\.\p{L}))/gu;
const LINES = /:(\d+)(?:-(\d+))?$/;

export function mentionsIn(text: string): Mention[] {
  return Array.from(withoutCode(text).matchAll(MENTION), (match): Mention[] => {
    const [whole, kind, quoted, lines = '', bare = '', single] = match;
    const start = match.index;
    if (single !== undefined) return [{ kind: kindOf(single), name: '', start, end: start + whole.length }];
    const written = quoted === undefined ? withoutPunctuation(bare) : quoted + lines;
    const end = quoted === undefined ? start + whole.length - bare.length + written.length : start + whole.length;
    return written === '' ? [] : [{ ...named(kindOf(kind ?? ''), written), start, end }];
  }).flat();
}

function kindOf(word: string): MentionKind {
  for (const kind of ['folder', 'symbol', 'problems', 'terminal', 'changes', 'workspace', 'selection'] as const)
    if (kind === word) return kind;
  return 'file';
}

function named(kind: MentionKind, written: string): Omit<Mention, 'start' | 'end'> {
  const [suffix, from, to = from] = (kind === 'file' && LINES.exec(written)) || [];
  if (suffix === undefined || written.length === suffix.length) return { kind, name: written };
  const lines = [Number(from) - 1, Number(to) - 1] as const;
  const name = written.slice(0, -suffix.length);
  return lines[0] >= 0 && lines[1] >= lines[0] ? { kind, name, lines } : { kind, name };
}

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** A sentence goes on behind a name: what ends it is not part of it. A closing bracket is, where the name has its opening one. */
function withoutPunctuation(name: string): string {
  let end = name.length;
  for (; end > 0; end--) {
    const last = name[end - 1] ?? '';
    const opening = OPENING[last];
    if (opening === undefined ? !/[.,;:!?'"”’»…>]/u.test(last) : name.includes(opening)) break;
  }
  return name.slice(0, end);
}

/** The text with blanks for fenced and inline code, so that places in it stay the same. */
function withoutCode(text: string): string {
  let fence: string | undefined;
  return text
    .split('\n')
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      const isCode = fence !== undefined || mark !== undefined;
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      return isCode ? ' '.repeat(line.length) : withoutInlineCode(line);
    })
    .join('\n');
}

function withoutInlineCode(line: string): string {
  const runs = Array.from(line.matchAll(/`+/g));
  let result = '';
  let at = 0;
  for (const [index, run] of runs.entries()) {
    if (run.index < at) continue;
    const close = runs.slice(index + 1).find((other) => other[0].length === run[0].length);
    if (close === undefined) continue;
    const end = close.index + close[0].length;
    result += line.slice(at, run.index) + ' '.repeat(end - run.index);
    at = end;
  }
  return result + line.slice(at);
}

/** The question with the names of what it mentions in place of our signs for them. */
export function withWords(text: string, mentions: readonly Mention[]): string {
  let result = '';
  let at = 0;
  for (const { kind, name, lines, start, end } of mentions) {
    const place = lines === undefined ? name : `${name}:${lines[0] + 1}-${lines[1] + 1}`;
    result += text.slice(at, start) + KINDS[kind].words(place);
    at = end;
  }
  return (result + text.slice(at)).trim();
}

export interface SlashCommand {
  readonly name: string;
  /** What stands behind it. */
  readonly input: string;
}

/** `/explain why`; undefined where the text does not begin with a command. Whether there is such a command is not known here. */
export function slashCommandIn(text: string): SlashCommand | undefined {
  const [, name, input = ''] = /^\s*\/([\p{L}\p{N}_.-]+)(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  return name === undefined ? undefined : { name, input: input.trim() };
}
