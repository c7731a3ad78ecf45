/**
 * One edit of one document, from its instruction until each hunk is taken or left. It asks, follows the document, and keeps what is proposed; it
 * changes nothing. A follow-up is asked on what the step before proposes; one that does not come to its end leaves that as it was.
 */
import type { EditProgress, LineRange } from '../../server/editProtocol';
import type { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';
import type { Change } from './changes';
import type { Pieces } from './pieces';
import { previewOf } from './previewText';
import { type Note, Proposal, type ProposalOptions, type Refused, type Taking } from './proposal';
import { wouldBreak } from './soundness';
import { type AskOptions, ask, type Question, questionAfter, questionOn, type Step, type Wish } from './step';

/** Over: nothing more comes. It is settled when each hunk was taken or left. */
export type Phase = 'waiting' | 'reading' | 'writing' | 'over' | 'settled';

export interface SessionOptions extends ProposalOptions, Omit<AskOptions, 'earlier' | 'onProgress'> {
  readonly client: Pick<EditClient, 'edit' | 'outline'>;
  /** Called when anything that can be asked of the session has changed. */
  readonly onChange: () => void;
}

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

  /** Whether something is lost where it ends unasked: what is being written, or could still be taken. */
  get isAtStake(): boolean {
    return this.isRunning || this.proposal?.hunks.some(({ state }) => state === 'open') === true;
  }

  /** Resolves when nothing more comes. What went wrong is told by `failure`. */
  start(text: string, range: LineRange, instruction: string, tries = 0): Promise<void> {
    return this.#run(questionOn(text, range, { instruction, tries }, this.options));
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
    const wish = { instruction: last.instruction, tries: last.tries + 1 };
    if (this.#steps.length > 0) return this.#askOn(wish);
    return this.#run(questionOn(last.proposal.text, range, wish, this.options));
  }

  /** Asks on what is proposed. @returns undefined where the place of the edit cannot be told any more */
  followUp(instruction: string): Promise<void> | undefined {
    return this.isRunning ? undefined : this.#askOn({ instruction, tries: 0 });
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

  #askOn(wish: Wish): Promise<void> | undefined {
    const question = questionAfter(this.proposal, wish, this.options);
    return question && this.#run(question);
  }

  async #run(question: Question): Promise<void> {
    const { step } = question;
    const running = new AbortController();
    const earlier = this.#steps.map(({ instruction }) => instruction);
    this.#steps.push(step);
    this.#begin(running);
    const onProgress = (pieces: Pieces, progress: EditProgress): void => {
      if (this.#running === running) this.#progress(step, pieces, progress);
    };
    const { pieces, failure } = await ask(question, { ...this.options, earlier, onProgress }, running.signal);
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
