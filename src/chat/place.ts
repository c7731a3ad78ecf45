/** Where a block of code belongs in a file that has an older version of it. It is found without doubt, or not at all. */
import { fitted, type Indentation, leadOf } from './fitCode';

export interface Place {
  /** Lines from 0 that it replaces, the end included. */
  readonly start: number;
  readonly end: number;
  /** What comes there. */
  readonly lines: readonly string[];
}

/**
 * The place that begins with the block's first line, which occurs once, and ends with its last line at the same level. What stands between
 * them at the level of the first line must be in the block too: so nothing that the block does not know is replaced with it.
 *
 * @param document its lines without line ends
 * @returns undefined where there is no such place, or more than one
 */
export function placeOf(document: readonly string[], code: string, indentation: Indentation): Place | undefined {
  const [first] = fitted(code, '', indentation);
  const starts = indexesOf(document, (line) => line.trim() === first?.trim());
  const [start] = starts;
  if (first === undefined || start === undefined || starts.length > 1) return undefined;
  const lead = leadOf(document[start] ?? '');
  const lines = fitted(code, lead, indentation);
  if (lines.length < 2) return undefined;
  const ends = endsOf(document, start, lead.length, lines);
  const [end] = ends;
  return end === undefined || ends.length > 1 ? undefined : { start, end, lines };
}

/** Lines behind the first one at which the block may end. */
function endsOf(
  document: readonly string[],
  start: number,
  level: number,
  lines: readonly string[],
): readonly number[] {
  const known = new Set(lines.map((line) => line.trimEnd()));
  const last = lines.at(-1)?.trimEnd();
  const ends: number[] = [];
  for (let index = start + 1; index < document.length; index++) {
    const line = (document[index] ?? '').trimEnd();
    if (line === '') continue;
    const depth = leadOf(line).length;
    if (depth < level) break;
    if (line === last) ends.push(index);
    if (depth === level && !known.has(line)) break;
  }
  return ends;
}

function indexesOf(lines: readonly string[], is: (line: string) => boolean): readonly number[] {
  return lines.flatMap((line, index) => (is(line) ? [index] : []));
}
