/** The engine as one window has it: what the window asks for ends with it, and what was kept for it is given back. */
import type { Event } from 'vscode-languageserver';
import type { Engine } from './engine';
import type { Llm, WindowLlm } from './llm/llm';
import { Newest } from './newest';
import type { Status } from './protocol';

export class EngineWindow {
  /** The model that is loaded now, and the window's share of it. */
  #own: { readonly llm: Llm; readonly window: WindowLlm | undefined } | undefined;
  /** Of the requests that are going on. */
  readonly #going = new Set<AbortController>();
  #isGone = false;

  constructor(private readonly engine: Engine) {}

  get status(): Status {
    return this.engine.status;
  }

  /** Told to all windows alike. */
  get onDidChangeStatus(): Event<Status> {
    return this.engine.onDidChangeStatus;
  }

  /** As the engine's; ends as well when the window goes. @throws CancelledError when the signal is aborted or the window goes, and as `Engine` */
  async use<T>(work: (llm: Llm, signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    if (this.#isGone || signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#going.add(controller);
    try {
      return await this.engine.use((llm) => work(this.#ownOf(llm), controller.signal), controller.signal);
    } finally {
      signal.removeEventListener('abort', abort);
      this.#going.delete(controller);
    }
  }

  /** As `use`, of at most so many requests at the same time: of more, the oldest end as cancelled. */
  newest(most: number): Pick<EngineWindow, 'use'> {
    const newest = new Newest(most);
    return { use: (work, signal) => newest.run((each) => this.use(work, each), signal) };
  }

  /** Refused while any window uses the model. */
  sleepNow(): Promise<boolean> {
    return this.engine.sleepNow();
  }

  /** Resolves once there is nothing to do for any window. */
  idle(): Promise<void> {
    return this.engine.idle();
  }

  /** Whether a process beside this one answers typing in this window now: see `GiveWay`. */
  giveWay(busy: boolean): void {
    this.engine.giveWay.set(busy && !this.#isGone, this);
  }

  /** @throws CancelledError when the signal is aborted */
  mayGoOn(signal: AbortSignal): Promise<void> {
    return this.engine.giveWay.mayGoOn(signal);
  }

  /** Does the work of a request for ghost text, of which other windows may want to hear. @throws what the work throws */
  whileTyping<T>(work: () => Promise<T>): Promise<T> {
    return this.engine.typing.during(work);
  }

  /** Whether the window wants to hear when typing is answered in any. */
  watchTyping(on: boolean, hear: (busy: boolean) => void): void {
    if (on && !this.#isGone) this.engine.typing.hear(this, hear);
    else this.engine.typing.unhear(this);
  }

  /** Cancels what is going on, and gives the window's places back as soon as that is over. */
  async leave(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    this.giveWay(false);
    this.engine.typing.unhear(this);
    for (const controller of this.#going) controller.abort();
    await this.#own?.window?.leave();
  }

  /** After it has slept the model is another one. */
  #ownOf(llm: Llm): Llm {
    if (this.#own?.llm !== llm) this.#own = { llm, window: llm.forWindow?.() };
    return this.#own.window ?? llm;
  }
}
