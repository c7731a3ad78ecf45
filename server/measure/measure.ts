/** Asks for holes as an editor would after a jump to each, through the same `Completer` that answers while a person types. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Completer, type CompletionAnswer } from '../completion/completion';
import type { Joined } from '../completion/rules/joinRest';
import { similarPieces } from '../context/similar';
import { placeAt, withLf } from '../documents';
import { throwIfAborted } from '../errors';
import type { Llm } from '../llm/llm';
import type { MeasuredHole, MeasureParams, MeasureReport } from '../measureProtocol';
import type { Rule, Settings } from '../protocol';
import type { Insertion } from '../syntax/insertion';
import type { Syntax } from '../syntax/syntax';
import { cutHoles, type Hole, textWithHole } from './holes';
import { type Outcome, report } from './report';
import { score } from './score';

export interface Measuring extends MeasureParams {
  readonly settings: Settings;
  readonly syntax: Pick<Syntax, 'load' | 'kindAt' | 'isSound' | 'statementEnd'>;
  readonly onHole?: (hole: MeasuredHole, done: number, of: number) => void;
}

/** One way of asking for a hole. */
interface Asking {
  readonly llm: Llm;
  readonly hole: Hole;
  readonly measuring: Measuring;
  readonly without: readonly Rule[];
  readonly signal: AbortSignal;
}

interface Answered {
  readonly shown?: Joined;
  readonly heldBack?: Joined;
  readonly outcome: CompletionAnswer['outcome'];
}

const FOLDER = 'file:///measured';
/** The rules that may keep a whole suggestion back: a hole without an answer is asked again without them. */
const GATES: readonly Rule[] = ['confidence', 'syntax', 'length'];
/** No more of the other files is looked at for context, in number. */
const MOST_NEIGHBOURS = 12;

/** @throws CancelledError when the signal is aborted, UserError when the engine fails for good */
export async function measure(engine: Llm, measuring: Measuring, signal: AbortSignal): Promise<MeasureReport> {
  const { files, holes: count, seed, without = [] } = measuring;
  const llm = withSpeed(engine, measuring.tokensPerSecond);
  const outcomes: Outcome[] = [];
  for (const hole of cutHoles(files, count, seed)) {
    throwIfAborted(signal);
    await measuring.syntax.load(hole.file.languageId);
    const answered = await answer({ llm, hole, measuring, without, signal });
    outcomes.push(outcomeOf(measuring, hole, answered));
    measuring.onHole?.(measuredHole(hole, answered), outcomes.length, count);
  }
  return report(outcomes);
}

async function answer(asking: Asking): Promise<Answered> {
  const { outcome, suggestions } = await ask(asking);
  const [shown] = suggestions;
  if (shown) return { shown, outcome };
  const again = await ask({ ...asking, without: [...asking.without, ...GATES] });
  const [heldBack] = again.suggestions;
  return { outcome, ...(heldBack ? { heldBack } : {}) };
}

/** The same model, as if it read so many tokens in a second: the size of the window hangs on it. */
function withSpeed(llm: Llm, tokensPerSecond: number | undefined): Llm {
  if (tokensPerSecond === undefined) return llm;
  return {
    facts: { ...llm.facts, prefillTokensPerSecond: tokensPerSecond },
    infill: (prompt, options, signal) => llm.infill(prompt, options, signal),
    measureSpeed: (signal) => llm.measureSpeed(signal),
    idle: () => llm.idle(),
    dispose: () => llm.dispose(),
  };
}

/**
 * With a new `Completer` each time: what it remembers of one place must not help at the next. Asked twice: the first answer may be a first
 * line, which is what its time tells; the second is all that comes of it.
 */
async function ask({ llm, hole, measuring, without, signal }: Asking): Promise<CompletionAnswer> {
  const document = documentOf(hole);
  const place = placeAt(document, document.positionAt(hole.start));
  const completer = new Completer({
    settings: () => ({ ...measuring.settings.completion, without }),
    folders: () => [FOLDER],
    contextFor: (_, at, budget) =>
      similarPieces(
        at.text.slice(Math.max(0, at.offset - 1_500), at.offset + 500),
        hole.file.path,
        neighbours(hole, measuring),
        budget,
      ),
    kindAt: measuring.syntax.kindAt.bind(measuring.syntax),
    isSound: measuring.syntax.isSound.bind(measuring.syntax),
    statementEnd: measuring.syntax.statementEnd.bind(measuring.syntax),
    onSettled: () => undefined,
    onExtended: () => undefined,
  });
  const first = await completer.complete(llm, { document, place, asked: false }, signal);
  await llm.idle();
  // What the run said is remembered right after it ends.
  await new Promise((resolve) => setImmediate(resolve));
  const whole = await completer.complete(llm, { document, place, asked: false }, signal);
  return { suggestions: whole.suggestions, outcome: first.outcome };
}

/** Other files, as they might be open in the editor: those of the same folder first. */
function neighbours({ file }: Hole, { files }: Measuring) {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const near = files.filter(({ path, languageId }) => path !== file.path && languageId === file.languageId);
  const sorted = near.toSorted(
    (a, b) => Number(folder(b.path) === folder(file.path)) - Number(folder(a.path) === folder(file.path)),
  );
  return sorted.slice(0, MOST_NEIGHBOURS).map(({ path, text }, age) => ({ path, text: withLf(text), age }));
}

function documentOf(hole: Hole): TextDocument {
  const uri = `${FOLDER}/${hole.file.path.split('/').map(encodeURIComponent).join('/')}`;
  return TextDocument.create(uri, hole.file.languageId, 1, textWithHole(hole));
}

function outcomeOf({ syntax }: Measuring, hole: Hole, { shown, heldBack, outcome }: Answered): Outcome {
  const { languageId } = hole.file;
  const sound = shown && syntax.isSound(languageId, insertionOf(hole, shown));
  return {
    languageId,
    kind: hole.kind,
    ...(shown ? { score: score(hole, shown) } : {}),
    ...(heldBack ? { heldBack: score(hole, heldBack) } : {}),
    ...(sound === undefined ? {} : { parses: sound }),
    ms: outcome.ms,
    tokens: { read: outcome.tokensRead, reused: outcome.tokensReused, written: outcome.tokensWritten },
  };
}

function insertionOf(hole: Hole, { text, replace }: Joined): Insertion {
  const holed = textWithHole(hole);
  const before = withLf(holed.slice(0, hole.start));
  return { before, inserted: text, after: withLf(holed.slice(hole.start + replace)) };
}

function measuredHole(hole: Hole, { shown, heldBack, outcome: { ms } }: Answered): MeasuredHole {
  const { file, kind, truth } = hole;
  const { line, character } = documentOf(hole).positionAt(hole.start);
  const { exactLine, exactWhole } = shown ? score(hole, shown) : { exactLine: false, exactWhole: false };
  return {
    path: file.path,
    languageId: file.languageId,
    kind,
    line,
    character,
    truth,
    shown: shown?.text ?? null,
    heldBack: heldBack?.text ?? null,
    exactLine,
    exactWhole,
    ms,
  };
}
