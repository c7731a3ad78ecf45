/** What a save leaves on disk: the one truth about what an editor holds. */
import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from './until';
import type { Workbench } from './workbench';

/** Saves the active editor, waits until the file is written, and returns its text. It must differ from what is on disk already. */
export async function save(workbench: Workbench, file: string): Promise<string> {
  const before = stamp(file);
  await workbench.press('Control+S');
  await until(() => (stamp(file) === before ? undefined : true), { what: `${file} to be written` });
  return settled(file);
}

/** The text of a file that may still be being written. */
function settled(file: string): Promise<string> {
  const ask = async () => {
    const seen = stamp(file);
    await sleep(100);
    return stamp(file) === seen ? readFileSync(file, 'utf8') : undefined;
  };
  return until(ask, { what: `${file} to be whole` });
}

/** Says where `inserted` went into `before` to make `after`, right behind `typed`; `undefined` if that is not how it was made. */
export function insertedAt(before: string, inserted: string, after: string, typed: string): number | undefined {
  for (let at = before.indexOf(typed); at >= 0; at = before.indexOf(typed, at + 1)) {
    const cursor = at + typed.length;
    if (drawn(before.slice(0, cursor) + inserted + before.slice(cursor)) === drawn(after)) return cursor;
  }
  return undefined;
}

/** Tabs and line ends as the editor draws them. */
function drawn(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\t', '    ');
}

function stamp(file: string): string {
  const { mtimeNs, size, ino } = statSync(file, { bigint: true });
  return `${mtimeNs} ${size} ${ino}`;
}
