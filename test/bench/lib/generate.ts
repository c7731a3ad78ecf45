/** Typing sessions by seed: bursts, pauses, corrections, jumps, switches of file, and type-through of what is shown. */
import { integer, type Random, seeded, shuffled } from '../../../server/measure/random';
import type { SourceFile } from '../../../server/measureProtocol';
import { EditedText } from './editedText';
import { type Act, keystrokesOf, type Session } from './session';

/** What happens before a keystroke, with how often in a thousand. */
const PER_MILLE = { correct: 35, jump: 10, typeThrough: 15, accept: 8 } as const;
const STRAY = ['x', 'e', ' ', '(', 'é', '漢', '😀', '"', '\n'];

interface Visited {
  readonly file: SourceFile;
  readonly edited: EditedText;
  /** Keystrokes that are still to come here. */
  readonly left: string[];
}

/** @param keystrokes how many, about: those of what is shown come on top */
export function generate(files: readonly SourceFile[], keystrokes: number, seed: number): Session {
  const random = seeded(seed);
  const acts: Act[] = [];
  const order = shuffled(random, files);
  const visited = new Map<string, Visited>();
  for (let turn = 0; keystrokesOf(acts) < keystrokes && turn < keystrokes; turn++) {
    const file = order[turn % order.length];
    if (file === undefined) break;
    const round = Math.floor(turn / order.length);
    const key = `${Math.floor(round / 3)}/${file.path}`;
    const known = visited.get(key);
    const visit = known ?? opened(file, round, random);
    visited.set(key, visit);
    if (known === undefined) {
      const { text, cursor } = visit.edited;
      acts.push({ do: 'open', after: 600, file: key, languageId: file.languageId, text, at: cursor });
    } else acts.push({ do: 'show', after: 600, file: key });
    write(visit, acts, Math.min(integer(random, 60, 160), keystrokes - keystrokesOf(acts)), random);
  }
  return { name: `generated, seed ${seed}`, acts };
}

/** The file without some lines of its later half: these are typed. Every third round has the line ends of Windows. */
function opened(file: SourceFile, round: number, random: Random): Visited {
  const lineEnd = round % 3 === 2 ? '\r\n' : '\n';
  const lines = file.text.split(/\r?\n/);
  const first = integer(random, Math.floor(lines.length / 3), Math.max(1, lines.length - 12));
  const last = Math.min(lines.length, first + 20);
  const before = [...lines.slice(0, first), ''].join(lineEnd);
  const after = ['', ...lines.slice(last)].join(lineEnd);
  const typed = lines.slice(first, last).join(lineEnd);
  const left = Array.from(typed.matchAll(/\r?\n[ \t]*|[\s\S]/gu), ([key]) => key);
  return { file, edited: new EditedText(before + after, before.length), left };
}

function write({ edited, left }: Visited, acts: Act[], keystrokes: number, random: Random): void {
  const type = (text: string, after: number): void => {
    acts.push({ do: 'type', after, text });
    edited.insert(text);
  };
  const erase = (after: number): void => {
    acts.push({ do: 'erase', after });
    edited.erase();
  };
  for (const key of left.splice(0, keystrokes)) {
    const luck = integer(random, 0, 1000);
    if (luck < PER_MILLE.correct) {
      const strays = Array.from(
        { length: integer(random, 1, 4) },
        () => STRAY[integer(random, 0, STRAY.length)] ?? 'x',
      );
      for (const stray of strays) type(stray, rhythm(random, stray));
      for (const [index] of strays.entries()) erase(index === 0 ? 350 : 110);
    } else if (luck < PER_MILLE.correct + PER_MILLE.jump) {
      jumpAndBack(edited, acts, type, random);
    } else if (luck < PER_MILLE.correct + PER_MILLE.jump + PER_MILLE.typeThrough) {
      acts.push({ do: 'typeThrough', after: 700, characters: integer(random, 2, 12) });
    } else if (luck < PER_MILLE.correct + PER_MILLE.jump + PER_MILLE.typeThrough + PER_MILLE.accept) {
      acts.push({ do: 'accept', after: 700 });
    }
    type(key, rhythm(random, key));
  }
}

/** Goes to the end of a line above, writes a word there, and comes back. */
function jumpAndBack(
  edited: EditedText,
  acts: Act[],
  type: (text: string, after: number) => void,
  random: Random,
): void {
  const back = edited.position;
  const line = integer(random, 0, back.line);
  if (line >= back.line) return;
  const to = { line, character: edited.text.split('\n')[line]?.replace(/\r$/, '').length ?? 0 };
  acts.push({ do: 'jump', after: 800, to });
  edited.moveTo(to);
  for (const key of ' // see') type(key, rhythm(random, key));
  acts.push({ do: 'jump', after: 500, to: back });
  edited.moveTo(back);
}

/** Milliseconds before a key: bursts within words, a breath between them, thought at line ends. */
function rhythm(random: Random, key: string): number {
  if (key.includes('\n')) return random() < 0.35 ? integer(random, 500, 1_600) : integer(random, 120, 300);
  if (/\w/.test(key)) return integer(random, 55, 140);
  return random() < 0.12 ? integer(random, 250, 700) : integer(random, 80, 220);
}
