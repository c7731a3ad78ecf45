/** What most tests do: type somewhere, see ghost text, take it, look at the disk. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { isInsertion, save } from './disk';
import { isSomething, waitGhost } from './ghost';
import { unfinishedPlace } from './sample';
import type { Session } from './session';

export interface Typing {
  /** The file, by its path in the folder that is open. */
  readonly file: string;
  /** What is typed on its unfinished line. */
  readonly typed: string;
  /** Milliseconds in which ghost text must come. */
  readonly timeout?: number;
}

/** Opens a file at its unfinished line, types there, and returns the ghost text that comes. */
export async function ghostAfter(session: Session, typing: Typing): Promise<string> {
  await typeUnfinished(session, typing);
  return waitGhost(session.workbench.page, isSomething, typing.timeout);
}

export async function typeUnfinished({ workbench, folder }: Session, { file, typed }: Typing): Promise<void> {
  await workbench.openFile(file, unfinishedPlace(path.join(folder, file)));
  await workbench.type(typed);
}

/** Takes the ghost text with Tab, saves, and checks that the disk holds it right behind what was typed. Returns the file's text. */
export async function takeGhost({ workbench, folder }: Session, { file, typed }: Typing): Promise<string> {
  const place = path.resolve(folder, file);
  const before = await save(workbench, place);
  const ghost = await waitGhost(workbench.page);
  await workbench.press('Tab');
  const after = await save(workbench, place);
  const seen = `Ghost text: ${JSON.stringify(ghost)}. The file: ${JSON.stringify(shorten(after))}`;
  assert.ok(isInsertion(before, ghost, after, typed), seen);
  return after;
}

function shorten(text: string): string {
  return text.length > 4_000 ? `${text.slice(0, 4_000)}…` : text;
}
