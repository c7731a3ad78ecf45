/** How a document is written: its line ends and its indentation. What is put into it is written alike. */

/** What the lines of a document begin with: tabs, or so many spaces a level. */
export type Indentation = 'tabs' | 'spaces';

export type LineEnd = '\n' | '\r\n' | '\r';

/** The line end that most lines have, of equals the first; for a text without any, the given one. */
export function lineEndOf(text: string, otherwise: LineEnd = '\n'): LineEnd {
  const lineEnds = ['\n', '\r\n', '\r'] as const;
  const found = lineEnds.map((lineEnd) => {
    const places = [...text.matchAll(/\r\n|\n|\r/g)].filter(([each]) => each === lineEnd);
    return { lineEnd, times: places.length, first: places[0]?.index ?? 0 };
  });
  const [most] = found.toSorted((a, b) => b.times - a.times || a.first - b.first);
  return most === undefined || most.times === 0 ? otherwise : most.lineEnd;
}

/** How lines are indented, where it is the same for all that are. The space before the star of a comment's next line does not count. */
export function indentationOf(lines: readonly string[]): Indentation | undefined {
  const starts = lines.map((line) => /^[ \t]+(?=\S)(?! ?\*)/.exec(line)?.[0]).filter((each) => each !== undefined);
  if (starts.length === 0) return undefined;
  if (starts.every((start) => start.startsWith('\t'))) return 'tabs';
  return starts.every((start) => !start.includes('\t')) ? 'spaces' : undefined;
}

/**
 * Writes lines as a document is indented, one after the other as they come: spaces become tabs or tabs spaces, where the document's own
 * indentation is plain. Lines that the document has stay as they are. Only what a line begins with is touched.
 */
export function indentedLike(
  old: readonly string[],
  indentation: Indentation | undefined,
  tabSize: number,
): (line: string) => string {
  const own = new Set(old);
  let spaces: number | undefined;
  return (line) => {
    const start = /^[ \t]+/.exec(line)?.[0];
    if (start === undefined || indentation === undefined || own.has(line)) return line;
    const rest = line.slice(start.length);
    if (indentation === 'spaces') return start.replaceAll('\t', ' '.repeat(tabSize)) + rest;
    if (!start.includes(' ')) return line;
    const width = /^ */.exec(start)?.[0].length ?? 0;
    if (spaces === undefined && !start.startsWith('\t')) spaces = width > 1 && width <= 4 ? width : tabSize;
    return start.replaceAll(' '.repeat(spaces ?? tabSize), '\t') + rest;
  };
}
