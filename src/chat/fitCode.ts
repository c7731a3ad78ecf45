/** Code of a model, indented as the place that it comes to. */

/** How a document is indented. */
export interface Indentation {
  readonly insertSpaces: boolean;
  /** Columns of a tab, and spaces of a level. */
  readonly tabSize: number;
}

/**
 * The lines of the code without blank ones around them, in the document's kind of indentation.
 *
 * @param lead blanks that each line begins with
 */
export function fitted(code: string, lead: string, indentation: Indentation): readonly string[] {
  const all = code.split(/\r\n|\r|\n/);
  const isText = (line: string): boolean => line.trim() !== '';
  const first = all.findIndex(isText);
  if (first < 0) return [];
  const lines = all.slice(first, all.findLastIndex(isText) + 1);
  const common = commonLead(lines.filter(isText));
  const shifted = lines.map((line) => (isText(line) ? line.slice(common) : ''));
  const unit = unitOf(shifted) ?? indentation.tabSize;
  return shifted.map((line) => (line === '' ? '' : lead + converted(line, indentation, unit)));
}

/**
 * Code at a cursor: where in its line that begins, and the lines that come there. Before the first character of a line it comes above that line,
 * which stays whole.
 */
export function atCursor(
  line: string,
  character: number,
  code: string,
  indentation: Indentation,
): { readonly character: number; readonly lines: readonly string[] } {
  const before = line.slice(0, character);
  if (before.trim() === '' && line.trim() !== '')
    return { character: 0, lines: [...fitted(code, leadOf(line), indentation), ''] };
  const lead = leadOf(before);
  const [first = '', ...others] = fitted(code, lead, indentation);
  return { character, lines: [first.slice(lead.length), ...others] };
}

/** The blanks that a line begins with. */
function leadOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** How many characters of indentation all lines have in common. */
function commonLead(lines: readonly string[]): number {
  const [first = '', ...others] = lines.map(leadOf);
  const agreed = (a: string, b: string): number => {
    let length = 0;
    while (length < a.length && a[length] === b[length]) length++;
    return length;
  };
  return others.reduce((least, lead) => Math.min(least, agreed(first, lead)), first.length);
}

/** Spaces of one level: the fewest that a line begins with; undefined where none does. A single space is an alignment. */
function unitOf(lines: readonly string[]): number | undefined {
  const counts = lines.map((line) => /^ */.exec(line)?.[0].length ?? 0).filter((count) => count > 1);
  return counts.length === 0 ? undefined : counts.reduce((least, count) => Math.min(least, count));
}

/** Whole levels become levels of the document; what stands beyond them is an alignment, and stays. */
function converted(line: string, { insertSpaces, tabSize }: Indentation, unit: number): string {
  const lead = leadOf(line);
  const rest = line.slice(lead.length);
  const [tabs = ''] = /^\t*/.exec(lead) ?? [];
  const spaces = lead.length - tabs.length;
  const levels = tabs.length + Math.floor(spaces / unit);
  const level = insertSpaces ? ' '.repeat(tabSize) : '\t';
  return level.repeat(levels) + ' '.repeat(spaces % unit) + rest;
}
