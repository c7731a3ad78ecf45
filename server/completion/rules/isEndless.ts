/** Small models fall into loops: the same few characters, or the same line, again and again. */

const LOOP = /(\S.{1,30}?)\1{4,}$/;
const SAME_LINES = 3;

export function isEndless(text: string): boolean {
  const lines = text.split('\n');
  const last = lines.at(-1) ?? '';
  if (LOOP.test(last.slice(-200))) return true;
  const filled = lines.map((line) => line.trim()).filter((line) => line.length > 3);
  const newest = filled.at(-1);
  return newest !== undefined && filled.filter((line) => line === newest).length >= SAME_LINES;
}
