/** Writes new lines for a range with a model, piece by piece, and tells them as they come. */
import { ChatRefusal, MalformedError } from '../conversation/refusal';
import { type Count, fenceFor, MOST_CHARACTERS_PER_TOKEN } from '../conversation/shown';
import type { EditParams, EditProgress, EditResult, EditTarget, LineRange, PieceEnd } from '../editProtocol';
import type { ChatLlm, ChatOptions } from '../llm/llm';
import type { Enough } from './enough';
import { Heard } from './heard';
import { longestPiece, piecesOf } from './pieces';
import { type Fitted, type Piece, promptFor } from './prompt';
import { Tally } from './tally';

export interface Editing {
  readonly chat: ChatLlm;
  /** What it costs to cut before each line of the document. */
  readonly seams: (lines: readonly string[]) => readonly number[];
  /** Told each piece, in order. */
  readonly tell: (progress: EditProgress) => void;
  /** See `ChatOptions`. */
  readonly mayGoOn: () => Promise<void>;
  /** Which pieces are not needed any more. */
  readonly enough: Enough;
}

type Params = Omit<EditParams, 'partialResultToken'>;

/** How long reading may take before it is worth telling, in milliseconds. */
const QUICK_MS = 300;
/** Lines near a piece: more than there is room to show. */
const MOST_NEAR = 400;

/** @throws ChatRefusal, MalformedError, CancelledError when the signal is aborted, UserError when the engine fails */
export async function edit(editing: Editing, params: Params, signal: AbortSignal): Promise<EditResult> {
  const { chat, enough, tell } = editing;
  const room = await chat.room();
  const { lines, ranges } = divided(params, room, editing);
  const thinks = params.thinks && chat.facts.thinks;
  const tally = new Tally();
  let before: readonly string[] | undefined;
  for (const [index, range] of ranges.entries()) {
    const piece = pieceOf(lines, range, ranges.length > 1, before);
    const fitted = fittedFor(params, piece, thinks, room, chat);
    tell({ kind: 'piece', index, of: ranges.length, range, opening: fitted.opening });
    const written = await enough.until(index, signal, (each) => write(editing, params, fitted, tally, each));
    tell({ kind: 'pieceEnd', end: written?.end ?? 'skipped' });
    tally.leaveOut(fitted.leftOut);
    // What the client needs no more of has rejoined the lines that are there.
    before = [...piece.before, ...(written?.lines ?? piece.lines)].slice(-MOST_NEAR);
  }
  return tally.result();
}

/** Reads what the prompt of an edit will begin with. @throws as `edit` */
export async function warm(
  { chat, seams, mayGoOn }: Pick<Editing, 'chat' | 'seams' | 'mayGoOn'>,
  target: EditTarget,
  signal: AbortSignal,
): Promise<void> {
  const room = await chat.room();
  const { lines, ranges } = divided(target, room, { chat, seams });
  const piece = pieceOf(lines, ranges[0] ?? target.range, ranges.length > 1);
  const { prompt } = promptFor(target, piece, undefined, false, room, chat);
  for await (const _ of chat.answer(prompt, { maxTokens: 0, temperature: 0, mayGoOn }, signal));
}

/** @param before as the pieces before have left it; absent for the first one */
function pieceOf(
  lines: readonly string[],
  { first, count }: LineRange,
  isPart: boolean,
  before: readonly string[] = lines.slice(Math.max(0, first - MOST_NEAR), first),
): Piece {
  const end = first + count;
  return { before, lines: lines.slice(first, end), after: lines.slice(end, end + MOST_NEAR), isPart };
}

/** A part that has no room, a very long line, stays as it is; a whole range is refused. @throws ChatRefusal `tooLong` */
function fittedFor(params: Params, piece: Piece, thinks: boolean, room: number, chat: ChatLlm): Fitted | Kept {
  try {
    return promptFor(params, piece, params, thinks, room, chat);
  } catch (error) {
    if (!(error instanceof ChatRefusal) || !piece.isPart) throw error;
    const fence = fenceFor(piece.lines);
    const text = `${piece.lines.join('\n')}\n${fence}\n`;
    return { opening: { fence: fence.length }, kept: { text, lines: piece.lines }, leftOut: [] };
  }
}

/** @throws MalformedError where the range is not in the text */
function divided(
  { text, range }: EditTarget,
  room: number,
  { chat, seams }: Pick<Editing, 'chat' | 'seams'>,
): { readonly lines: readonly string[]; readonly ranges: readonly LineRange[] } {
  const lines = text.split('\n');
  const { first, count } = range;
  const isWhole = [first, count].every((each) => Number.isSafeInteger(each) && each >= 0);
  if (!isWhole || first + count > lines.length) throw new MalformedError('the range is not in the text');
  // What is that long has no room in a piece with others, however many tokens it takes.
  const most = room * MOST_CHARACTERS_PER_TOKEN;
  const counted: Count = (each) => (each.length > most ? each.length : chat.count(each));
  return { lines, ranges: piecesOf(range, lines, () => seams(lines), longestPiece(room), counted) };
}

/** Lines that are told as they are. */
interface Kept extends Pick<Fitted, 'opening' | 'leftOut'> {
  readonly kept: { readonly text: string; readonly lines: readonly string[] };
}

interface Written {
  readonly end: PieceEnd;
  readonly lines: readonly string[];
}

async function write(
  editing: Editing,
  { temperature }: Params,
  fitted: Fitted | Kept,
  tally: Tally,
  signal: AbortSignal,
): Promise<Written> {
  const { chat, tell, mayGoOn } = editing;
  if ('kept' in fitted) {
    tell({ kind: 'text', text: fitted.kept.text });
    return { end: 'full', lines: fitted.kept.lines };
  }
  const { prompt, opening, likely, maxTokens } = fitted;
  const heard = new Heard(opening, likely, tell);
  const started = performance.now();
  const options: ChatOptions = {
    maxTokens,
    temperature,
    mayGoOn,
    ...(likely === '' ? {} : { likely }),
    onReading: (done, of) => {
      if (performance.now() - started > QUICK_MS) tell({ kind: 'reading', done, of });
    },
    onPrefilled: (usage) => tally.read(usage),
    onPredicted: (predicted, mispredicted) => tally.predicted(predicted, mispredicted),
  };
  let tokens = 0;
  let end: PieceEnd | undefined;
  try {
    for await (const { text } of chat.answer(prompt, options, signal)) {
      tally.wrote();
      tokens++;
      end = heard.take(text);
      if (end !== undefined) break;
    }
  } finally {
    tally.rest();
    heard.end();
  }
  return { end: end ?? (tokens < maxTokens ? 'complete' : 'full'), lines: heard.lines };
}
