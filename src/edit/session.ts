/**
 * One edit of one document, from its instruction until each hunk is taken or left. It asks, follows the document, and keeps what is proposed; it
 * changes nothing. A follow-up is asked on what the step before proposes; one that does not come to its end leaves that as it was.
 */
import type { ContextItem } from '../../server/chatProtocol';
import type { EditProgress, LineRange } from '../../server/editProtocol';
import { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';
import type { Change } from './changes';
import { linesOf } from './lines';
import { Pieces } from './pieces';
import { previewOf } from './previewText';
import { type Note, Proposal, type ProposalOptions, type Refused, type Taking } from './proposal';
import { wouldBreak } from './soundness';
import { indentationAt } from './target';

/** Over: nothing more comes. It is settled when each hunk was taken or left. */
export type Phase = 'waiting' | 'reading' | 'writing' | 'over' | 'settled';

export interface SessionOptions extends ProposalOptions {
  readonly client: Pick<EditClient, 'edit' | 'outline'>;
  /** Relative to its folder, with `/`. */
  readonly path: string;
  readonly languageId: string;
  readonly context: readonly ContextItem[];
  readonly thinks: boolean;
  /** Called when anything that can be asked of the session has changed. */
  readonly onChange: () => void;
}

interface Step {
  readonly instruction: string;
  readonly proposal: Proposal;
  /** How often this was asked before. */
  readonly tries: number;
}

/** Said again the likeliest words would be the same ones. */
const TEMPERATURE_OF_RETRY = 0.7;

export class EditSession {
  readonly #steps: Step[] = [];
  #phase: Phase = 'waiting';
  #running: AbortController | undefined;
  #failure: ChatError | undefined;
  #isBroken = false;
  /** How much of the prompt is read, from 0 to 1. */
  #read = 0;

  constructor(private readonly options: SessionOptions) {}

  get phase(): Phase {
    return this.#phase === 'over' && this.proposal?.phase === 'settled' ? 'settled' : this.#phase;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  get proposal(): Proposal | undefined {
    return this.#steps.at(-1)?.proposal;
  }

  get instruction(): string {
    return this.#steps.at(-1)?.instruction ?? '';
  }

  /** Why the last step has not come to its end; undefined where it has, or was stopped. */
  get failure(): ChatError | undefined {
    return this.#failure;
  }

  get notes(): readonly Note[] {
    return this.#phase === 'over' ? (this.proposal?.notes ?? []) : [];
  }

  /** Whether the text parses as it is, and would not with all that is proposed. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get read(): number {
    return this.#read;
  }

  /** Resolves when nothing more comes. What went wrong is told by `failure`. */
  start(text: string, range: LineRange, instruction: string, tries = 0): Promise<void> {
    const lines = linesOf(text);
    const step = { instruction, proposal: new Proposal(text, range, this.options), tries };
    return this.#run(step, lines, step.proposal.range);
  }

  /** Proposes lines that are known, without asking anybody. @returns whether they would change anything */
  propose(text: string, range: LineRange, instruction: string, lines: readonly string[]): boolean {
    const proposal = new Proposal(text, range, this.options);
    const step = { instruction, proposal, tries: 0 };
    this.#steps.push(step);
    proposal.receive(lines);
    proposal.end('whole');
    this.#be('over');
    void this.#check(step);
    return proposal.hunks.length > 0;
  }

  /** @returns undefined where the place of the edit cannot be told any more */
  retry(): Promise<void> | undefined {
    const last = this.#steps.at(-1);
    const range = last?.proposal.rangeNow;
    if (last === undefined || range === undefined || this.isRunning) return undefined;
    this.#steps.pop();
    if (this.#steps.length > 0) return this.#ask(last.instruction, last.tries + 1);
    const { text } = last.proposal;
    const step = {
      instruction: last.instruction,
      proposal: new Proposal(text, range, this.options),
      tries: last.tries + 1,
    };
    return this.#run(step, linesOf(text), step.proposal.range);
  }

  /** Asks on what is proposed. @returns undefined where the place of the edit cannot be told any more */
  followUp(instruction: string): Promise<void> | undefined {
    return this.isRunning ? undefined : this.#ask(instruction, 0);
  }

  /** What has come until now stays. */
  stop(): void {
    this.#running?.abort();
  }

  /** Follows the document: the changes of one event, and its text after them. */
  change(changes: readonly Change[], after: string): void {
    for (const { proposal } of this.#steps) proposal.change(changes, after);
    this.options.onChange();
  }

  take(ids: readonly number[] | 'all'): Taking | undefined {
    return this.proposal?.take(ids);
  }

  reject(ids: readonly number[] | 'all'): readonly Refused[] {
    const refused = this.proposal?.reject(ids) ?? [];
    this.options.onChange();
    return refused;
  }

  /** Nothing is told any more. */
  dispose(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.abort();
  }

  #ask(instruction: string, tries: number): Promise<void> | undefined {
    const base = this.proposal;
    const [range, result] = [base?.rangeNow, base?.result];
    if (base === undefined || range === undefined || result === undefined) return undefined;
    const lines = linesOf(base.text);
    const sent = [...lines.slice(0, range.first), ...result, ...lines.slice(range.first + range.count)];
    const step = { instruction, proposal: new Proposal(base.text, range, this.options), tries };
    return this.#run(step, sent, { first: range.first, count: result.length });
  }

  async #run(step: Step, sent: readonly string[], range: LineRange): Promise<void> {
    const { client, context, path, languageId, thinks } = this.options;
    const running = new AbortController();
    const earlier = this.#steps.map(({ instruction }) => instruction);
    this.#steps.push(step);
    this.#begin(running);
    const pieces = new Pieces({
      sent,
      range,
      indentation: indentationAt(sent, range),
      onEnough: (piece) => edit.enough(piece),
    });
    const temperature = step.tries === 0 ? 0 : TEMPERATURE_OF_RETRY;
    const target = { path, languageId, text: textOf(sent, step.proposal.text), range, context };
    const edit = client.edit(
      { ...target, instruction: step.instruction, earlier, temperature, thinks },
      (progress) => this.#running === running && this.#progress(step, pieces, progress),
      running.signal,
    );
    const failure = await failureOf(edit.result);
    if (this.#running !== running) return;
    this.#end(step, pieces, failure);
    await this.#check(step);
  }

  #begin(running: AbortController): void {
    this.#running = running;
    this.#failure = undefined;
    this.#isBroken = false;
    this.#read = 0;
    this.#be('waiting');
  }

  #progress(step: Step, pieces: Pieces, progress: EditProgress): void {
    const hasMore = pieces.take(progress);
    if (progress.kind === 'reading') {
      this.#read = progress.of > 0 ? progress.done / progress.of : 0;
      this.#be('reading');
    } else if (progress.kind === 'thought' || progress.kind === 'text') {
      if (hasMore) step.proposal.receive(pieces.lines);
      if (hasMore || this.#phase !== 'writing') this.#be('writing');
    } else if (hasMore) {
      step.proposal.receive(pieces.lines);
      this.#be('writing');
    }
  }

  #end(step: Step, pieces: Pieces, failure: ChatError | undefined): void {
    const isWhole = failure === undefined && pieces.isWhole;
    step.proposal.receive(pieces.lines);
    step.proposal.end(isWhole ? 'whole' : 'cut');
    this.#failure = failure?.code === 'stopped' ? undefined : failure;
    this.#running = undefined;
    if (!isWhole && this.#steps.length > 1) this.#steps.pop();
    this.#be('over');
  }

  async #check({ proposal }: Step): Promise<void> {
    const { client, languageId, onChange } = this.options;
    if (proposal !== this.proposal || proposal.hunks.length === 0) return;
    const isBroken = await wouldBreak(client, languageId, proposal.text, previewOf(proposal).text);
    if (!isBroken || proposal !== this.proposal || this.isRunning) return;
    this.#isBroken = true;
    onChange();
  }

  #be(phase: Phase): void {
    this.#phase = phase;
    this.options.onChange();
  }
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
