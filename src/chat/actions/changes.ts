/** What has changed, made to fit: a share for each file, nothing of secrets, little of what nobody writes. Pure. */
import type { Reason } from '../../privacy/decide';

/** One file. Paths are relative to the repository, with `/`. */
export interface Change {
  readonly path: string;
  /** Where it was before, when it was renamed. */
  readonly from?: string;
  readonly what: 'added' | 'modified' | 'deleted' | 'renamed';
  /** As git tells it; undefined when it is not shown: it is secret, ignored, or one of too many. */
  readonly diff: string | undefined;
  /** Why it is not shown, where it may not be. */
  readonly reason?: Reason;
}

export interface ShownChange {
  readonly title: string;
  readonly text: string;
}

/** Written by programs: that they changed is all there is to say. */
const GENERATED: readonly RegExp[] = [
  /(^|\/)(package-lock|npm-shrinkwrap|packages\.lock)\.json$/,
  /(^|\/)(pnpm-lock\.ya?ml|go\.(sum|work\.sum)|bun\.lockb?|gradle\.lockfile|Package\.resolved|\.pnp\.c?js)$/,
  /\.lock$/,
  /\.min\.(js|css)$/,
  /\.(map|snap)$/,
  /(^|\/)(node_modules|vendor|dist|third_party)\//,
];
const BINARY = /^(Binary files .* differ|GIT binary patch)$/m;
/** Longer lines are data or minified code, in UTF-16 code units. */
const LONGEST_LINE = 300;
/** ESC [ … letter: git colours diffs where the person has set it so (`color.diff=always`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const COLOURS = /\u001b\[[\d;]*[A-Za-z]/g;

/**
 * Each file gets the same share of the room; what a small one leaves over is shared among the others. A diff that is longer than its share
 * is cut at the end of a line.
 *
 * @param room for all texts, in UTF-16 code units
 */
export function fitChanges(changes: readonly Change[], room: number): ShownChange[] {
  const texts = changes.map(textOf);
  const share = fairShare(
    texts.map(({ length }) => length),
    room,
  );
  return changes.map((change, at) => ({ title: titleOf(change), text: cut(texts[at] ?? '', share) }));
}

function titleOf({ path, from, what }: Change): string {
  return from === undefined ? `${path} (${what})` : `${from} → ${path} (${what})`;
}

function textOf({ path, diff }: Change): string {
  if (diff === undefined) return '(not shown)';
  const plain = diff.replaceAll(COLOURS, '').replaceAll('\r\n', '\n');
  if (BINARY.test(plain)) return '(binary)';
  const lines = withoutHeader(plain).split('\n');
  if (!GENERATED.some((pattern) => pattern.test(path))) return lines.map(shortened).join('\n').trimEnd();
  const count = (sign: string): number => lines.filter((line) => line.startsWith(sign)).length;
  return `(generated: ${count('+')} lines added, ${count('-')} removed)`;
}

/** What stands above the first hunk is in the title. */
function withoutHeader(diff: string): string {
  const at = diff.search(/^@@ /m);
  return at < 0 ? '' : diff.slice(at);
}

function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).toWellFormed()}…` : line;
}

/** The most that each may take so that all together take no more than the room: max-min fairness. */
export function fairShare(lengths: readonly number[], room: number): number {
  let left = room;
  const rising = lengths.toSorted((a, b) => a - b);
  for (const [at, length] of rising.entries()) {
    const share = Math.floor(left / (rising.length - at));
    if (length > share) return Math.max(0, share);
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}

const MORE = '\n(more)';

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, Math.max(0, most - MORE.length));
  const end = kept.lastIndexOf('\n');
  return (end > 0 ? kept.slice(0, end) : kept.toWellFormed()) + MORE;
}

/** A file that git does not know yet, in the form of a diff. */
export function diffOfNew(text: string): string {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/);
  return `@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}`).join('\n')}`;
}
