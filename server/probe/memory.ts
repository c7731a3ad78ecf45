/** Larger than the memory of any machine, in bytes: drivers have been seen to say 16384 PB. */
const ABSURD = 2 ** 44;

/** What a driver says of its memory, in bytes, or 0 where that cannot be. */
export function saneBytes(bytes: number): number {
  return Number.isFinite(bytes) && bytes > 0 && bytes < ABSURD ? Math.round(bytes) : 0;
}
