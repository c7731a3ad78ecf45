/** A typing session as data: what a person does, in order. A recorded one is a JSON file of these. */
import { readFileSync } from 'node:fs';
import type { Position } from './editedText';

export type Act = {
  /** Milliseconds since the act before. */
  readonly after: number;
} & (
  | {
      readonly do: 'open';
      readonly file: string;
      readonly languageId: string;
      readonly text: string;
      readonly at: number;
    }
  /** Goes back to an open file, where its cursor was. */
  | { readonly do: 'show'; readonly file: string }
  | { readonly do: 'jump'; readonly to: Position }
  /** One keystroke; a line end has the indentation of the new line with it, as the editor writes it. */
  | { readonly do: 'type'; readonly text: string }
  | { readonly do: 'erase' }
  /** Types the first characters of what is shown, whatever it is, and erases them again. */
  | { readonly do: 'typeThrough'; readonly characters: number }
  /** Accepts what is shown, whatever it is, and takes it back. */
  | { readonly do: 'accept' }
);

export interface Session {
  readonly name: string;
  readonly acts: readonly Act[];
}

export function readSession(file: string): Session {
  return JSON.parse(readFileSync(file, 'utf8')) as Session;
}

/** Keystrokes of a session, without those that hang on what is shown. */
export function keystrokesOf(acts: readonly Act[]): number {
  return acts.filter((act) => act.do === 'type' || act.do === 'erase').length;
}
