/** Which bytes of a file are there. Pure. */

/** From the first to before the second. */
export type Range = readonly [start: number, end: number];

/** Sorted, none touching the next. */
export type Ranges = readonly Range[];

/** With one more; what touches or overlaps becomes one. */
export function withRange(ranges: Ranges, [start, end]: Range): Ranges {
  if (end <= start) return ranges;
  const touching = ranges.filter(([from, to]) => from <= end && to >= start);
  const merged: Range = [
    Math.min(start, ...touching.map(([from]) => from)),
    Math.max(end, ...touching.map(([, to]) => to)),
  ];
  return [...ranges.filter((each) => !touching.includes(each)), merged].toSorted(([a], [b]) => a - b);
}

/** How many bytes it is in all. */
export function sizeOf(ranges: Ranges): number {
  return ranges.reduce((sum, [start, end]) => sum + end - start, 0);
}

/** What of a file of so many bytes is not there. */
export function missing(ranges: Ranges, bytes: number): Ranges {
  const starts = [0, ...ranges.map(([, end]) => end)];
  const ends = [...ranges.map(([start]) => start), bytes];
  return starts.map((start, index): Range => [start, ends[index] ?? bytes]).filter(([start, end]) => start < end);
}

/** The same bytes in order, in pieces of at most `most` bytes each. */
export function cut(ranges: Ranges, most: number): Ranges {
  return ranges.flatMap(([start, end]) =>
    Array.from({ length: Math.ceil((end - start) / most) }, (_, index): Range => {
      const from = start + index * most;
      return [from, Math.min(end, from + most)];
    }),
  );
}

/** Whether it is what `Ranges` promises, within a file of so many bytes: for what was read from a disk. */
export function areRanges(value: unknown, bytes: number): value is Ranges {
  let before = -1;
  return (
    Array.isArray(value) &&
    value.every((each: unknown) => {
      if (!Array.isArray(each) || each.length !== 2) return false;
      const [start, end]: unknown[] = each;
      if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) return false;
      const isNext = Number(start) > before && Number(end) > Number(start) && Number(end) <= bytes;
      before = Number(end);
      return isNext;
    })
  );
}
