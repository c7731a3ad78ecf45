/** Nothing is lost: proposals and typing at random, against a document kept by another method. */
import assert from 'node:assert/strict';
import { integer, type Random, seeded, shuffled } from '../../../../server/measure/random';
import type { Change } from '../../../../src/edit/changes';
import { Proposal } from '../../../../src/edit/proposal';
import { EditOracle, rowsOf } from '../../../support/editOracle';

const CASES = 10_000;
const STEPS = 14;
const PIECES = ['a', 'b', 'foo', '}', '😀', 'é', ' ', '\u2028', 'x = 1', ''];

const counts = { typed: 0, undone: 0, taken: 0, refused: 0, rejected: 0, replaced: 0, streamed: 0, missed: 0 };

class Session {
  readonly #oracle: EditOracle;
  readonly #proposal: Proposal;
  readonly #next: readonly string[];
  readonly #lineEnds: readonly string[];
  #sent = 0;
  #text: string;
  /** What takes back the changes of the last event. */
  #undo: readonly Change[] = [];
  #lost = false;

  constructor(private readonly random: Random) {
    this.#lineEnds = [['\n'], ['\r\n'], ['\n', '\r\n'], ['\r\n', '\n', '\r']][integer(random, 0, 4)] ?? ['\n'];
    const lines = Array.from({ length: integer(random, 0, 24) }, () => this.#line());
    const text = lines.map((line) => line + this.#pick(this.#lineEnds)).join('');
    this.#text = (random() < 0.1 ? '\uFEFF' : '') + (random() < 0.5 ? text : text + this.#line());
    const count = rowsOf(this.#text).length;
    const first = integer(random, 0, count + 1);
    const range = { first, count: integer(random, 0, count - first + 1) };
    this.#proposal = new Proposal(this.#text, range);
    this.#oracle = new EditOracle(this.#text);
    const old = rowsOf(this.#text).slice(first, first + range.count);
    this.#next = [...old.map(({ text: line }) => line), ''].flatMap((line) => {
      const way = random();
      return way < 0.65 ? [line] : way < 0.8 ? [] : way < 0.9 ? [this.#line()] : [this.#line(), line];
    });
  }

  #pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const item = items[integer(this.random, 0, items.length)];
    if (item === undefined) throw new Error('Nothing to pick from.');
    return item;
  }

  #line(): string {
    return Array.from({ length: integer(this.random, 0, 4) }, () => this.#pick(PIECES)).join('');
  }

  step(): void {
    const way = this.random();
    if (way < 0.35) this.#stream();
    else if (way < 0.55) this.#type();
    else if (way < 0.65) this.#takeBack();
    else if (way < 0.7) this.#replaceAll();
    else if (way < 0.8) this.#reject();
    else this.#take();
    this.check();
  }

  #stream(): void {
    counts.streamed++;
    this.#sent = Math.min(this.#next.length, this.#sent + integer(this.random, 1, 6));
    this.#proposal.receive(this.#next.slice(0, this.#sent));
    if (this.#sent < this.#next.length) {
      if (this.random() < 0.05) this.#proposal.end('cut');
    } else this.#proposal.end('whole');
  }

  /** One to three changes anywhere, that do not overlap. */
  #type(): void {
    const offsets = Array.from({ length: 2 * integer(this.random, 1, 4) }, () =>
      integer(this.random, 0, this.#text.length + 1),
    ).toSorted((a, b) => a - b);
    const changes: Change[] = [];
    for (let index = 0; index < offsets.length; index += 2) {
      const [offset, to] = [offsets[index] ?? 0, offsets[index + 1] ?? 0];
      const isShort = this.random() < 0.95;
      const length = isShort ? Math.min(to - offset, integer(this.random, 0, 2)) : to - offset;
      const text =
        this.random() < 0.3
          ? this.#pick(this.#lineEnds)
          : this.#pick(PIECES) + (this.random() < 0.3 ? this.#pick(this.#lineEnds) : '');
      if (changes.at(-1)?.offset !== offset) changes.push({ offset, length, text });
    }
    counts.typed++;
    this.#happen(changes);
  }

  #takeBack(): void {
    counts.undone++;
    this.#happen(this.#undo);
  }

  /** The whole text at once, as a formatter or the disk gives it: other line ends, or a letter more. */
  #replaceAll(): void {
    counts.replaced++;
    const at = integer(this.random, 0, this.#text.length + 1);
    const text =
      this.random() < 0.5
        ? this.#text.replace(/\r\n|\n|\r/g, this.random() < 0.5 ? '\r\n' : '\n')
        : `${this.#text.slice(0, at)}z${this.#text.slice(at)}`;
    this.#happen([{ offset: 0, length: this.#text.length, text }]);
  }

  #reject(): void {
    const hunk = this.#proposal.hunks.at(integer(this.random, 0, 4));
    if (hunk === undefined) return;
    const refused = this.#proposal.reject([hunk.id]);
    assert.equal(refused.length, hunk.state === 'open' || hunk.state === 'lost' ? 0 : 1);
    counts.rejected += 1 - refused.length;
  }

  /** Takes some hunks; the editor may fail to, and says what it did as it likes. */
  #take(): void {
    const all = this.#proposal.hunks;
    const ids = this.random() < 0.4 ? 'all' : all.filter(() => this.random() < 0.4).map(({ id }) => id);
    const taking = this.#proposal.take(ids);
    const wished =
      ids === 'all' ? all.filter(({ state }) => state === 'open' || state === 'lost').map(({ id }) => id) : ids;
    const hunks = all.filter(({ id, state }) => wished.includes(id) && state === 'open');
    assert.deepEqual(
      taking.taken,
      hunks.map(({ id }) => id),
    );
    assert.deepEqual(
      taking.refused.map(({ id }) => id),
      wished.filter((id) => !taking.taken.includes(id)),
    );
    counts.refused += taking.refused.length;
    assert.equal(taking.after, this.#oracle.taken(hunks, mostUsed(this.#text)), 'the text after accepting');
    if (hunks.length === 0 || this.random() < 0.1) return;
    counts.taken += hunks.length;
    const whole = { offset: 0, length: this.#text.length, text: taking.after };
    this.#happen(taking.edits, this.random() < 0.2 ? [whole] : [...taking.edits]);
    for (const { id } of hunks) assert.equal(this.#proposal.hunks[id]?.state, 'accepted');
  }

  /** The document changes, and the proposal is told so in any order. */
  #happen(changes: readonly Change[], told: readonly Change[] = changes): void {
    const ordered = changes.toSorted((a, b) => a.offset - b.offset);
    let [after, shift] = [this.#text, 0];
    const undo: Change[] = [];
    for (const { offset, length, text } of ordered) {
      undo.push({ offset: offset + shift, length: text.length, text: this.#text.slice(offset, offset + length) });
      after = after.slice(0, offset + shift) + text + after.slice(offset + shift + length);
      shift += text.length - length;
    }
    for (const change of ordered.toReversed())
      for (const part of partsOf(this.#text, change)) this.#oracle.change(part);
    assert.equal(this.#oracle.text, after);
    this.#undo = undo;
    this.#text = after;
    const isMissed = changes === told && this.random() < 0.005;
    if (isMissed && told.some(({ length, text }) => length + text.length > 0)) {
      this.#lost = true;
      counts.missed++;
      this.#proposal.change([{ offset: 0, length: 0, text: 'something else' }], after);
    } else this.#proposal.change(shuffled(this.random, told), after);
  }

  check(): void {
    assert.equal(this.#proposal.text, this.#text);
    for (const hunk of this.#proposal.hunks) {
      if (hunk.state === 'accepted' || hunk.state === 'rejected') continue;
      const stands = !this.#lost && this.#oracle.rowsOf(hunk) !== undefined;
      assert.equal(hunk.state, stands ? 'open' : 'lost', JSON.stringify({ hunk, text: this.#text }));
    }
  }
}

/** The line end that most lines have. */
function mostUsed(text: string): string {
  const times = new Map<string, number>();
  for (const { lineEnd } of rowsOf(text)) if (lineEnd !== '') times.set(lineEnd, (times.get(lineEnd) ?? 0) + 1);
  return [...times].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '\n';
}

/** The rule of the extension, stated again: what only changes line ends changes these; else what is the same at both ends does not change. */
function partsOf(text: string, { offset, length, text: inserted }: Change): Change[] {
  const removed = text.slice(offset, offset + length);
  if (removed === inserted) return [];
  const [old, next] = [removed, inserted].map((part) => part.split(/(\r\n|\n|\r)/));
  const isSame =
    old &&
    next &&
    old.length > 1 &&
    old.length === next.length &&
    old.every((part, index) => index % 2 === 1 || part === next[index]);
  if (isSame) {
    const found = old.map((part, index) => {
      const at = offset + old.slice(0, index).join('').length;
      return { offset: at, length: part.length, text: next[index] ?? '' };
    });
    return found.filter((each, index) => each.text !== old[index]).toReversed();
  }
  let start = 0;
  while (removed[start] !== undefined && removed[start] === inserted[start]) start++;
  let [a, b] = [removed.slice(start), inserted.slice(start)];
  let cut = 0;
  while (a !== '' && b !== '' && a.at(-1) === b.at(-1)) [a, b, cut] = [a.slice(0, -1), b.slice(0, -1), cut + 1];
  return [{ offset: offset + start, length: a.length, text: b }];
}

describe('a proposal while the person types', () => {
  it(`${CASES} times at random: every text is the expected one`, () => {
    const start = performance.now();
    for (let seed = 1; seed <= CASES; seed++) {
      const session = new Session(seeded(seed));
      try {
        for (let step = 0; step < STEPS; step++) session.step();
      } catch (error) {
        if (error instanceof Error) error.message = `seed ${seed}: ${error.message}`;
        throw error;
      }
    }
    const seconds = ((performance.now() - start) / 1_000).toFixed(1);
    console.log(`      ${CASES} cases in ${seconds} s: ${JSON.stringify(counts)}`);
    for (const [what, times] of Object.entries(counts)) assert.ok(times > 100, what);
  }).timeout(120_000);
});
