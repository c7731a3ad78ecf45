/** Diffs as git writes them, file by file, so that what must not be seen can be cut out. */

export interface FileDiff {
  /** All paths that its head names, before and after; more than there are where a name has blanks. */
  readonly paths: readonly string[];
  readonly text: string;
}

const HEAD = /^diff --(?:git|cc|combined) /;

/** What comes before the first file belongs to none and is dropped. */
export function filesOf(diff: string): FileDiff[] {
  const lines = diff.split('\n');
  const starts = lines.flatMap((line, index) => (HEAD.test(line) ? [index] : []));
  return starts.map((start, index) => {
    const part = lines.slice(start, starts[index + 1] ?? lines.length);
    return { paths: pathsOf(part), text: part.join('\n').replace(/\n*$/, '\n') };
  });
}

/**
 * The head's own line is cut wherever a path could end in it: git quotes names with special characters but not those with blanks. So too much
 * is taken for a path, and nothing that is one is missed. Settings may leave out the prefixes `a/` and `b/` or name others.
 */
function pathsOf(lines: readonly string[]): string[] {
  const end = lines.findIndex((line, index) => index > 0 && /^(@@|Binary |GIT binary)/.test(line));
  const head = lines.slice(1, end < 0 ? lines.length : end).flatMap((line) => {
    const [, path] = /^(?:---|\+\+\+|rename from|rename to|copy from|copy to) (.*)$/.exec(line) ?? [];
    return path === undefined ? [] : [path];
  });
  const first = (lines[0] ?? '').replace(HEAD, '');
  const blanks = Array.from(first.matchAll(/ /g), ({ index }) => index);
  const cut = blanks.flatMap((at) => [first.slice(0, at), first.slice(at + 1)]);
  return [...new Set([first, ...cut, ...head].map(plain))];
}

function plain(path: string): string {
  return path
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replace(/"$/, '')
    .replace(/^"?[abciow]\//, '');
}
