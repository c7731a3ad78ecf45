/** A text that is put between two others, line by line. */

export interface Insertion {
  readonly before: string;
  readonly inserted: string;
  readonly after: string;
}

/** The lines that hold the insertion, whole, and those above and below them. */
export interface Lines {
  readonly above: readonly string[];
  readonly middle: readonly string[];
  readonly below: readonly string[];
}

export function linesOf({ before, inserted, after }: Insertion): Lines {
  const start = before.lastIndexOf('\n');
  const end = after.indexOf('\n');
  const head = before.slice(start + 1);
  const tail = end < 0 ? after : after.slice(0, end);
  return {
    above: start < 0 ? [] : before.slice(0, start).split('\n'),
    middle: (head + inserted + tail).split('\n'),
    below: end < 0 ? [] : after.slice(end + 1).split('\n'),
  };
}
