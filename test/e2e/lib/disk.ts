/** What a save leaves on disk: the one truth about what an editor holds. */
import { readFileSync, statSync } from 'node:fs';
import { until } from './until';
import type { Workbench } from './workbench';

/** Saves the active editor, waits until the file is written, and returns its text. It must differ from what is on disk already. */
export async function save(workbench: Workbench, file: string): Promise<string> {
  const before = stamp(file);
  await workbench.press('Control+S');
  await until(() => (stamp(file) === before ? undefined : true), { what: `${file} to be written` });
  // The mark of unsaved changes goes when the last byte is written; it may come too late to be waited for alone.
  await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
  return readFileSync(file, 'utf8');
}

/** Whether `after` is `before` with `inserted` right behind an occurrence of `typed`, but for what tabs and line ends are made of. */
export function isInsertion(before: string, inserted: string, after: string, typed: string): boolean {
  const from = drawn(before);
  const to = drawn(after);
  const added = drawn(inserted);
  // The first difference lies somewhere in what was inserted: this may begin as the rest of the text does.
  const difference = firstDifference(from, to);
  for (let at = Math.max(0, difference - added.length); at <= difference; at++)
    if (from.slice(0, at).endsWith(typed) && from.slice(0, at) + added + from.slice(at) === to) return true;
  return false;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** Tabs and line ends as the editor draws them. */
function drawn(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\t', '    ');
}

function stamp(file: string): string {
  const { mtimeNs, size, ino } = statSync(file, { bigint: true });
  return `${mtimeNs} ${size} ${ino}`;
}
