/**
 * An edit that is proposed and not yet made: new lines for a range of a document, told as hunks that can be taken or left one by one. It follows
 * the document while the person types, and only ever says what to edit: the document changes when the person takes a hunk, and by nothing else.
 */

import { keyEnd } from '../../server/keys';
import { type Change, changed, inOrder } from './changes';
import { isElision } from './elisions';
import type { Hunk } from './lineDiff';
import { linesOf, type Place } from './lines';
import { StreamingDiff } from './streaming';
import { anchorOf, type PlacedHunk, textEdits } from './textEdits';
import { indentationOf, indentedLike, type LineEnd, lineEndOf } from './textShape';
import { type LineRange, TrackedLines } from './tracking';

/** Streaming: new lines still come. Whole: all have come. Settled: each hunk was taken or left. */
export type Phase = 'streaming' | 'whole' | 'settled';

/** Open: can be taken or left. Lost: its old lines, or the line beside which it adds, do not stand in the document as they did. */
export type HunkState = 'open' | 'accepted' | 'rejected' | 'lost';

export interface ProposedHunk extends Hunk {
  /** Stays the same while the proposal lives. */
  readonly id: number;
  readonly state: HunkState;
  /** In the document as it is now: the old lines, or the line beside which it adds. Undefined unless open. */
  readonly place: Place | undefined;
}

/** Why a hunk was not taken or left: no such hunk, settled before, still being written, or its place is lost. */
export type Refusal = 'unknown' | 'settled' | 'unfinished' | 'lost';

export interface Refused {
  readonly id: number;
  readonly why: Refusal;
}

/** What to edit, in one step. */
export interface Taking {
  /** In order, not overlapping, by offsets in the document as it is now. */
  readonly edits: readonly Change[];
  /** The document's text after them. */
  readonly after: string;
  readonly taken: readonly number[];
  readonly refused: readonly Refused[];
}

/**
 * What a person should be told of the answer before taking it. Empty: it says nothing. Identical: it changes nothing. Cut: it was stopped, and
 * what was not finished is left out. Shortened: it ends long before the old lines do. Elided: it stands lines in by words such as "existing code".
 */
export type Note = 'empty' | 'identical' | 'cut' | 'shortened' | 'elided' | 'key';

export interface ProposalOptions {
  /** Spaces that a tab stands for. */
  readonly tabSize?: number;
  /** For a document without line ends. */
  readonly lineEnd?: LineEnd;
}

/** Old lines that an answer leaves out at its end before it counts as shortened. */
const SHORTENED_LINES = 20;

/** Proposals so far. */
let made = 0;

export class Proposal {
  /** No other proposal has it: identifiers of hunks begin anew in each. */
  readonly serial = ++made;
  /** The range in the document as it was when the edit was asked for. */
  readonly range: LineRange;
  readonly #tracked: TrackedLines;
  readonly #diff: StreamingDiff;
  readonly #follow: (line: string) => string;
  readonly #settled = new Map<number, 'accepted' | 'rejected'>();
  /** All hunks, once no more lines come. */
  #all: readonly Hunk[] | undefined;
  #ended: 'whole' | 'cut' | undefined;
  #received = 0;
  #taking: Taking | undefined;

  /** Lines of the document beyond its end are left out of the range. */
  constructor(
    text: string,
    range: LineRange,
    private readonly options: ProposalOptions = {},
  ) {
    const lines = linesOf(text);
    const old = lines.slice(range.first, range.first + range.count);
    this.range = { first: Math.min(range.first, lines.length), count: old.length };
    this.#tracked = new TrackedLines(text, this.range);
    this.#diff = new StreamingDiff(old);
    this.#follow = indentedLike(old, indentationOf(lines), options.tabSize ?? 4);
  }

  /** The document's text as far as the proposal was told. */
  get text(): string {
    return this.#tracked.text;
  }

  get phase(): Phase {
    if (this.#ended === undefined) return 'streaming';
    return this.#hunks.every((_, id) => this.#settled.has(id)) ? 'settled' : 'whole';
  }

  /** Takes the new lines that have come so far: all of them, each time. Lines that were given before must not have changed. */
  receive(lines: readonly string[]): void {
    if (this.#ended !== undefined) return;
    this.#diff.push(lines.slice(this.#received).map(this.#follow));
    this.#received = Math.max(this.#received, lines.length);
  }

  /**
   * No more lines come. Whole: the model came to its end by itself, or was stopped because what follows is as it was. Cut: it was stopped by the
   * person, by a limit or a fault: only finished hunks count, and old lines that were not reached stay.
   */
  end(how: 'whole' | 'cut'): void {
    if (this.#ended !== undefined) return;
    this.#ended = how;
    const isEmpty = !this.#diff.lines.some((line) => line.trim() !== '');
    this.#all = how === 'whole' && !isEmpty ? this.#diff.whole() : this.#diff.finished;
  }

  get notes(): readonly Note[] {
    if (this.#ended === undefined) return [];
    const [hunks, lines] = [this.#hunks, this.#diff.lines];
    const notes: Note[] = this.#ended === 'cut' ? ['cut'] : [];
    if (!lines.some((line) => line.trim() !== '')) notes.push('empty');
    else if (hunks.length === 0) notes.push('identical');
    const last = hunks.at(-1);
    const reachesEnd = last !== undefined && last.oldStart + last.removed.length === this.range.count;
    const lost = reachesEnd ? last.removed.length - last.added.length : 0;
    if (lost >= SHORTENED_LINES && lost * 2 > this.range.count) notes.push('shortened');
    if (hunks.some(({ added, removed }) => added.some((line) => isElision(line) && !removed.includes(line))))
      notes.push('elided');
    // What is told first is what is heard.
    if (hunks.some(({ added, removed }) => added.some((line) => keyEnd(line) >= 0 && !removed.includes(line))))
      notes.unshift('key');
    return notes;
  }

  /** The finished hunks, in order. */
  get hunks(): readonly ProposedHunk[] {
    return this.#hunks.map((hunk, id) => {
      const settled = this.#settled.get(id);
      const place = settled === undefined ? this.#placed(hunk)?.place : undefined;
      return { ...this.#inDocument(hunk), id, state: settled ?? (place ? 'open' : 'lost'), place };
    });
  }

  /** The hunk that is being written, for a look only; with the place that it would have. */
  get growing(): (Hunk & { readonly place: Place | undefined }) | undefined {
    const hunk = this.#ended === undefined ? this.#diff.growing : undefined;
    return hunk && { ...this.#inDocument(hunk), place: this.#placed(hunk)?.place };
  }

  /** What to edit to take these hunks. They count as accepted when the document is told to have become so. */
  take(ids: readonly number[] | 'all'): Taking {
    const refused: Refused[] = [];
    const placed = new Map<number, PlacedHunk>();
    for (const id of ids === 'all' ? this.#openIds() : new Set(ids)) {
      const hunk = this.#hunks[id];
      const place = hunk && this.#placed(hunk);
      const why = this.#refusal(id) ?? (place === undefined ? 'lost' : undefined);
      if (why !== undefined) refused.push({ id, why });
      else if (place !== undefined) placed.set(id, place);
    }
    const edits = textEdits(this.text, [...placed.values()], lineEndOf(this.text, this.options.lineEnd));
    this.#taking = { edits, after: changed(this.text, edits), taken: [...placed.keys()], refused };
    return this.#taking;
  }

  /** Leaves hunks; a lost one can be left too. */
  reject(ids: readonly number[] | 'all'): readonly Refused[] {
    const refused: Refused[] = [];
    for (const id of ids === 'all' ? this.#openIds() : new Set(ids)) {
      const why = this.#refusal(id);
      if (why === undefined) this.#settled.set(id, 'rejected');
      else refused.push({ id, why });
    }
    return refused;
  }

  /**
   * Follows the document: the changes of one event, and the text after them. Where these do not agree, something was missed, and every hunk that
   * is not settled is lost.
   */
  change(changes: readonly Change[], after: string): void {
    const taking = this.#taking;
    this.#taking = undefined;
    if (taking !== undefined && taking.taken.length > 0 && taking.after === after) {
      this.#tracked.change(taking.edits, true);
      for (const id of taking.taken) this.#settled.set(id, 'accepted');
    } else if (changed(this.text, inOrder(changes)) === after) this.#tracked.change(changes);
    else this.#tracked.lose(after);
  }

  /** For another try: the range as whole lines of the document as it is now; undefined when it cannot be told any more. */
  get rangeNow(): LineRange | undefined {
    return this.#tracked.rangeNow;
  }

  /** For an instruction on the result: the lines of the range as if all open hunks were taken; undefined when the range cannot be told any more. */
  get result(): readonly string[] | undefined {
    const range = this.rangeNow;
    if (range === undefined) return undefined;
    const open = this.#hunks.flatMap((hunk, id) => (this.#settled.has(id) ? [] : (this.#placed(hunk) ?? [])));
    const after = linesOf(changed(this.text, textEdits(this.text, open, '\n')));
    const below = linesOf(this.text).length - range.first - range.count;
    return after.slice(range.first, after.length - below);
  }

  get #hunks(): readonly Hunk[] {
    return this.#all ?? this.#diff.finished;
  }

  #openIds(): number[] {
    return [...this.#hunks.keys()].filter((id) => !this.#settled.has(id));
  }

  #refusal(id: number): Refusal | undefined {
    if (this.#settled.has(id)) return 'settled';
    if (this.#hunks[id] !== undefined) return undefined;
    return this.#ended === undefined && id === this.#hunks.length ? 'unfinished' : 'unknown';
  }

  /** A hunk of the range as one of the whole document. */
  #inDocument(hunk: Hunk): Hunk {
    return { ...hunk, oldStart: hunk.oldStart + this.range.first };
  }

  #placed(hunk: Hunk): PlacedHunk | undefined {
    const { side, ...lines } = anchorOf(this.#inDocument(hunk));
    const place = this.#tracked.placeOf(lines);
    return place && { removed: hunk.removed, added: hunk.added, place, side };
  }
}
