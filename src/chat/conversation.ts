/** One conversation: the only owner of what is asked and answered in it. Every change is told to the page, and kept. */
import { randomUUID } from 'node:crypto';
import type { Answer, Room, ToPage } from '../../media/messages';
import type { ChatProgress, ChatResult, ContextItem, PromptUsage } from '../../server/chatProtocol';
import { type ChatClient, ChatError } from '../client/chatClient';
import type { Clock } from '../clock';
import type { ChatContext } from './context';
import { BEGINNING, conversationForPage, exchangeForPage, type Kept, type KeptExchange, turnsOf } from './exchange';
import { Frames } from './frames';
import { endNotes, failureNote, promptNotes, type Translate } from './notes';
import type { Ask } from './question';
import { withoutSeen } from './seen';
import { heard, Transcript, withUsage } from './transcript';

export interface ConversationParts {
  readonly client: Pick<ChatClient, 'ask' | 'model'>;
  readonly context: Pick<ChatContext, 'gather' | 'instructions'>;
  readonly options: () => { readonly temperature: number; readonly thinks: boolean };
  readonly tell: (message: ToPage) => void;
  /** Called with every state that shall be kept; `isOver` when no answer is being written. */
  readonly keep: (kept: Kept, isOver: boolean) => void;
  /** What nobody expected goes to the log. */
  readonly report: (error: unknown) => void;
  readonly clock: Clock;
  readonly t: Translate;
}

/** An answer that is being written. */
interface Run {
  readonly id: string;
  readonly stop: AbortController;
  /** What was gathered for the question. */
  items: readonly ContextItem[];
  /** Sentences on what could not be had. */
  missing: readonly string[];
  /** Sentences on what had no room. */
  cut: readonly string[];
}

export class Conversation {
  readonly #transcript: Transcript;
  readonly #frames: Frames;
  #run: Run | undefined;

  constructor(
    kept: Kept,
    private readonly parts: ConversationParts,
  ) {
    this.#transcript = new Transcript(kept, parts.clock.now);
    this.#frames = new Frames(() => this.#tellGrowth(), parts.clock);
  }

  get kept(): Kept {
    return this.#transcript.kept;
  }

  get isBusy(): boolean {
    return this.#run !== undefined;
  }

  get room(): Room | undefined {
    return this.#transcript.roomFor(this.parts.client.model?.name);
  }

  /** Goes on under another name: another window keeps its own under this one. */
  rename(id: string): void {
    this.#transcript.rename(id);
  }

  /** Tells the page everything. */
  show(): void {
    this.#frames.cancel();
    this.parts.tell(conversationForPage(this.kept, this.isBusy));
    this.#tellRoom();
  }

  /** Asks a question; an answer that is being written is stopped. Settles when it is answered. Never throws. */
  ask(question: Ask): Promise<void> {
    this.stop();
    const exchange = newExchange(question);
    return this.#answer([...this.#transcript.exchanges, exchange], () => this.#tellExchange(exchange.id));
  }

  /** Answers a question again, in place of the answer and all that followed. */
  async retry(id: string): Promise<void> {
    const question = this.#transcript.find(id)?.question;
    if (question !== undefined) await this.edit(id, question.text);
  }

  /** Asks another question in place of one and all that followed; it is about the same. */
  async edit(id: string, text: string): Promise<void> {
    const question = this.#transcript.find(id)?.question;
    const before = this.#transcript.before(id);
    if (question === undefined || before === undefined) return;
    this.stop();
    await this.#answer([...before, newExchange({ ...question, text })], () => this.show());
  }

  /** Goes on with the last answer, if it can be. */
  async goOn(id: string): Promise<void> {
    const last = this.#transcript.exchanges.at(-1);
    if (last?.id !== id || !last.answer.canContinue || this.isBusy) return;
    const { text, thought } = last.answer;
    const begun = { ...last, answer: { ...BEGINNING, text, thought } };
    await this.#answer([...this.#transcript.exchanges.slice(0, -1), begun], () => this.#tellExchange(id));
  }

  /** Stops the answer at once: what arrives later is dropped, what has arrived stays. */
  stop(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#end(run, { state: 'stopped', canContinue: this.#textOf(run) !== '', notes: notesOf(run) });
    run.stop.abort();
  }

  /** Answers the last of the exchanges. */
  async #answer(exchanges: readonly KeptExchange[], tell: () => void): Promise<void> {
    const id = exchanges.at(-1)?.id ?? '';
    const run: Run = { id, stop: new AbortController(), items: [], missing: [], cut: [] };
    this.#run = run;
    this.#transcript.set(exchanges);
    this.parts.keep(this.kept, false);
    tell();
    try {
      const result = await this.#request(run);
      if (this.#run === run) this.#finish(run, result);
    } catch (error) {
      // What was stopped may end in any way: its state has been told.
      if (this.#run === run) this.#fail(run, error);
    }
  }

  async #request(run: Run): Promise<ChatResult> {
    const { client, context, options } = this.parts;
    const { signal } = run.stop;
    await this.#gather(run);
    const instructions = await context.instructions();
    signal.throwIfAborted();
    const turns = turnsOf(this.#transcript.exchanges);
    const onProgress = (progress: ChatProgress): void => {
      if (this.#run === run) this.#hear(run, progress);
    };
    return client.ask({ conversation: this.kept.id, instructions, turns, ...options() }, onProgress, signal);
  }

  /** An answer that is gone on with is about what it was about before. */
  async #gather(run: Run): Promise<void> {
    const { signal } = run.stop;
    const { question, prompt } = this.#transcript.find(run.id) ?? {};
    if (question === undefined || prompt !== undefined) return;
    const { text, items, missing } = await this.parts.context.gather(question, signal);
    signal.throwIfAborted();
    run.missing = missing;
    run.items = withoutSeen(items, text, this.#transcript.exchanges.slice(0, -1));
    this.#transcript.change(run.id, (exchange) => ({ ...exchange, prompt: { text, context: run.items } }));
  }

  #hear(run: Run, progress: ChatProgress): void {
    this.#transcript.change(run.id, (exchange) => heard(exchange, progress));
    if (progress.kind === 'read') this.#read(run, progress.prompt);
    else this.#frames.request();
  }

  #read(run: Run, usage: PromptUsage): void {
    run.cut = promptNotes(usage, run.items, this.parts.t);
    const model = this.parts.client.model?.name;
    this.#transcript.setAnswer(run.id, { notes: notesOf(run), ...(model === undefined ? {} : { model }) });
    this.#tellExchange(run.id);
    this.#tellRoom();
  }

  #finish(run: Run, { end, prompt, tokensWritten, tokensPerSecond }: ChatResult): void {
    const { t } = this.parts;
    this.#transcript.change(run.id, (exchange) => withUsage(exchange, prompt, tokensWritten));
    run.cut = promptNotes(prompt, run.items, t);
    this.#end(run, {
      state: 'done',
      notes: [...notesOf(run), ...endNotes(end, this.#textOf(run), t)],
      canContinue: end === 'length',
      ...(tokensPerSecond > 0 ? { tokensPerSecond } : {}),
    });
    this.#tellRoom();
  }

  /** What has arrived is kept, and can be gone on with. */
  #fail(run: Run, error: unknown): void {
    const { t, report } = this.parts;
    const code = error instanceof ChatError ? error.code : undefined;
    if (code === undefined) report(error);
    const isBroken = code === 'died' || this.#textOf(run) !== '';
    const state = code === 'stopped' ? 'stopped' : isBroken ? 'broken' : 'failed';
    const why = code === undefined ? t('The question could not be answered. The log says more.') : failureNote(code, t);
    this.#end(run, { state, notes: [...notesOf(run), why], canContinue: isBroken });
  }

  #end(run: Run, last: Partial<Answer>): void {
    this.#run = undefined;
    this.#transcript.setAnswer(run.id, last);
    this.parts.keep(this.kept, true);
    this.#tellExchange(run.id);
  }

  #textOf({ id }: Run): string {
    return this.#transcript.find(id)?.answer.text ?? '';
  }

  #tellGrowth(): void {
    const last = this.#transcript.exchanges.at(-1);
    if (last === undefined || !this.isBusy) return;
    const { state, text, thought, percent } = last.answer;
    this.parts.keep(this.kept, false);
    const reading = percent === undefined ? {} : { percent };
    this.parts.tell({ type: 'grown', id: last.id, state, text, thought, ...reading });
  }

  /** All that has grown is told with it. */
  #tellExchange(id: string): void {
    this.#frames.cancel();
    const exchange = this.#transcript.find(id);
    if (exchange === undefined) return;
    this.parts.tell({ type: 'exchange', exchange: exchangeForPage(exchange), isBusy: this.isBusy });
  }

  #tellRoom(): void {
    this.parts.tell({ type: 'room', room: this.room });
  }
}

function newExchange(question: Ask): KeptExchange {
  return { id: randomUUID(), question, answer: BEGINNING };
}

function notesOf({ missing, cut }: Run): readonly string[] {
  return [...missing, ...cut];
}
