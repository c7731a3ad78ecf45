/** One instruction of an edit: what it is asked on, and how it is asked. */
import type { ContextItem } from '../../server/chatProtocol';
import type { EditProgress, LineRange } from '../../server/editProtocol';
import { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';
import { linesOf } from './lines';
import { Pieces } from './pieces';
import { Proposal, type ProposalOptions } from './proposal';
import { indentationAt } from './target';

export interface Wish {
  readonly instruction: string;
  /** How often this was asked before. */
  readonly tries: number;
}

export interface Step extends Wish {
  readonly proposal: Proposal;
}

/** A step, the lines that the model is shown, and which of them it shall write anew. */
export interface Question {
  readonly step: Step;
  readonly sent: readonly string[];
  readonly range: LineRange;
}

export interface AskOptions {
  readonly client: Pick<EditClient, 'edit'>;
  /** Relative to its folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly context: readonly ContextItem[];
  readonly thinks: boolean;
  /** Instructions of the steps before. */
  readonly earlier: readonly string[];
  readonly onProgress: (pieces: Pieces, progress: EditProgress) => void;
}

/** What has come by the end; with what went wrong, undefined where nothing did. */
export interface Answered {
  readonly pieces: Pieces;
  readonly failure: ChatError | undefined;
}

/** Said again the likeliest words would be the same ones. */
const TEMPERATURE_OF_RETRY = 0.7;

/** On the text as it is. */
export function questionOn(text: string, range: LineRange, wish: Wish, options: ProposalOptions): Question {
  const proposal = new Proposal(text, range, options);
  return { step: { ...wish, proposal }, sent: linesOf(text), range: proposal.range };
}

/** On what is proposed. @returns undefined where the place of the edit cannot be told any more */
export function questionAfter(
  base: Proposal | undefined,
  { instruction, tries }: Wish,
  options: ProposalOptions,
): Question | undefined {
  const [range, result] = [base?.rangeNow, base?.result];
  if (base === undefined || range === undefined || result === undefined) return undefined;
  const lines = linesOf(base.text);
  const sent = [...lines.slice(0, range.first), ...result, ...lines.slice(range.first + range.count)];
  const step = { instruction, proposal: new Proposal(base.text, range, options), tries };
  return { step, sent, range: { first: range.first, count: result.length } };
}

/** Resolves when nothing more comes, also where it goes wrong. */
export async function ask(
  { step, sent, range }: Question,
  options: AskOptions,
  signal: AbortSignal,
): Promise<Answered> {
  const { client, path, languageId, context, thinks, earlier, onProgress } = options;
  const indentation = indentationAt(sent, range);
  const pieces = new Pieces({ sent, range, indentation, onEnough: (piece) => edit.enough(piece) });
  const temperature = step.tries === 0 ? 0 : TEMPERATURE_OF_RETRY;
  const target = { path, languageId, text: textOf(sent, step.proposal.text), range, context };
  const edit = client.edit(
    { ...target, instruction: step.instruction, earlier, temperature, thinks },
    (progress) => onProgress(pieces, progress),
    signal,
  );
  return { pieces, failure: await failureOf(edit.result) };
}

async function failureOf(result: Promise<unknown>): Promise<ChatError | undefined> {
  try {
    await result;
    return undefined;
  } catch (error) {
    if (error instanceof ChatError) return error;
    throw error;
  }
}

/** As the door wants it. @param like tells whether the text ends with a line end */
function textOf(lines: readonly string[], like: string): string {
  return lines.join('\n') + (/[\r\n]$/.test(like) ? '\n' : '');
}
