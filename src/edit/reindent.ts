/** Puts back the indentation that a model left out, or added, at the edge of its whole answer. */

/** The white space that all lines begin with that are not empty. */
export function commonIndentation(lines: readonly string[]): string {
  const starts = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const shortest = starts.toSorted((a, b) => a.length - b.length)[0] ?? '';
  let length = shortest.length;
  while (!starts.every((start) => start.startsWith(shortest.slice(0, length)))) length--;
  return shortest.slice(0, length);
}

/** So many lines are looked at before it is decided. */
const LOOK = 3;

/** What is done to the first line and to the others. */
interface Shift {
  readonly from: string;
  readonly to: string;
  readonly onlyFirst: boolean;
}

/**
 * The lines with the indentation of the old ones; none as long as too few have come to tell. Where the first line is indented as the old ones are,
 * nothing is changed. Else the first three lines decide: when they are indented less, they and all after them get what is missing; only the first
 * does where the others are old lines as they are. When they are indented more, it is taken away if that makes old lines of them.
 */
export function reindented(
  lines: readonly string[],
  old: readonly string[],
  isWhole: boolean,
  otherwise: string,
): string[] {
  const base = old.some((line) => line.trim() !== '') ? commonIndentation(old) : otherwise;
  const looked = lines.filter((line) => line.trim() !== '').slice(0, LOOK);
  const first = looked[0];
  if (first === undefined) return [...lines];
  if (/^[ \t]*/.exec(first)?.[0] === base) return [...lines];
  if (looked.length < LOOK && !isWhole) return [];
  const shift = shiftOf(looked, new Set(old), base);
  if (shift === undefined) return [...lines];
  let isFirst = true;
  return lines.map((line) => {
    if (line.trim() === '' || (shift.onlyFirst && !isFirst)) return line;
    isFirst = false;
    return line.startsWith(shift.from) ? shift.to + line.slice(shift.from.length) : line;
  });
}

function shiftOf(looked: readonly string[], old: ReadonlySet<string>, base: string): Shift | undefined {
  const [first = '', ...others] = looked;
  const from = commonIndentation(looked);
  const isAsOld = (line: string): boolean => old.has(line);
  if (base.startsWith(from) && from !== base) {
    if (!others.some(isAsOld)) return looked.some(isAsOld) ? undefined : { from, to: base, onlyFirst: false };
    const start = /^[ \t]*/.exec(first)?.[0] ?? '';
    return base.startsWith(start) && start !== base ? { from: start, to: base, onlyFirst: true } : undefined;
  }
  const isMore = !looked.some(isAsOld) && looked.some((line) => isAsOld(base + line.slice(from.length)));
  return isMore ? { from, to: base, onlyFirst: false } : undefined;
}
