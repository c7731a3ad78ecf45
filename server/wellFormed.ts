/** What a window tells holds for all that it asks afterwards, so it is looked at before it is kept: what makes no sense is left out. */
import type { NeighboursParams, Piece, Settings } from './protocol';

/** undefined where it is none. */
export function settingsIn(told: unknown): Settings | undefined {
  const completion = fieldOf(told, 'completion');
  const multiline = fieldOf(completion, 'multiline');
  const comments = fieldOf(completion, 'comments');
  const without = fieldOf(completion, 'without');
  const isRight = typeof multiline === 'boolean' && typeof comments === 'boolean';
  if (!isRight || !isSettings(told) || !(without === undefined || Array.isArray(without))) return undefined;
  return told;
}

export function neighboursIn(told: unknown): NeighboursParams {
  return { uris: listIn(told, 'uris').filter(isText), definitions: listIn(told, 'definitions').filter(isPiece) };
}

/** URIs of the folders in a list of a message. */
export function folderUrisIn(told: unknown, name: string): readonly string[] {
  return listIn(told, name).flatMap((folder) => {
    const uri = fieldOf(folder, 'uri');
    return isText(uri) ? [uri] : [];
  });
}

function listIn(told: unknown, name: string): readonly unknown[] {
  const list = fieldOf(told, name);
  return Array.isArray(list) ? list : [];
}

function fieldOf(told: unknown, name: string): unknown {
  return typeof told === 'object' && told !== null ? Object.getOwnPropertyDescriptor(told, name)?.value : undefined;
}

function isSettings(told: unknown): told is Settings {
  return typeof fieldOf(told, 'completion') === 'object';
}

function isPiece(told: unknown): told is Piece {
  return isText(fieldOf(told, 'path')) && isText(fieldOf(told, 'text'));
}

function isText(told: unknown): told is string {
  return typeof told === 'string';
}
