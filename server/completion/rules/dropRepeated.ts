/**
 * A suggestion never repeats what already follows the cursor: it is cut before the first line that stands there anyway.
 *
 * @param lineBefore the line up to the cursor
 * @param following the text after the cursor's line
 */
export function dropRepeated(lineBefore: string, text: string, following: string): string {
  const next = firstFilledLine(following);
  if (next === undefined) return text;
  const lines = text.split('\n');
  const whole = lines.map((line, index) => (index === 0 ? lineBefore + line : line));
  const repeated = whole.findIndex((line, index) => isSame(line, next, index));
  return repeated < 0 ? text : lines.slice(0, repeated).join('\n').trimEnd();
}

/** A line is the same with its indentation: `}` and `end` come in pairs by right. The cursor's own may not have all of it yet. */
function isSame(line: string, next: string, index: number): boolean {
  if (line.trim() === '') return false;
  return line.trimEnd() === next.trimEnd() || (index === 0 && line.trim().length > 3 && line.trim() === next.trim());
}

function firstFilledLine(text: string): string | undefined {
  return text.split('\n').find((line) => line.trim() !== '');
}
