/**
 * The one model of this process: loads in the background, tells its status, is handed to whoever waits for it, and sleeps while nobody does.
 */
import { Emitter, type Event } from 'vscode-languageserver';
import { GiveWay } from './conversation/giveWay';
import { messageOf, orAborted, UserError } from './errors';
import type { Llm } from './llm/llm';
import type { Status } from './protocol';
import { Typing } from './typing';

export interface EngineParts {
  /** The model's name, for people. */
  readonly model: string;
  /** Loads the model, each time anew; reports 0 to 100. */
  readonly load: (onPercent: (percent: number) => void) => Promise<Llm>;
  /** How long after the last use the model is unloaded, in milliseconds; 0 never. */
  readonly unloadAfterMs?: number;
  /** Calls once after so many milliseconds. @returns the function that takes it back */
  readonly after?: (ms: number, call: () => void) => () => void;
}

/** Starts to load at once and never blocks. */
export class Engine {
  status: Status;
  /** Where chat of any window waits for typing in any. */
  readonly giveWay = new GiveWay();
  /** Who hears when typing is answered in any window. */
  readonly typing = new Typing();
  readonly #changed = new Emitter<Status>();
  readonly onDidChangeStatus: Event<Status> = this.#changed.event;
  /** undefined while asleep. */
  #llm: Promise<Llm> | undefined;
  #users = 0;
  /** How often it was used so far. */
  #uses = 0;
  #forgetSleep = (): void => undefined;
  /** Ends when the memory of the model before is free. */
  #unloaded = Promise.resolve();

  constructor(private readonly parts: EngineParts) {
    this.status = { state: 'loading', model: parts.model, percent: 0 };
    this.#llm = this.#load(process.uptime() * 1000);
  }

  /**
   * Does work with the model, once it is loaded; wakes it where it sleeps. It stays loaded until the work is over.
   *
   * @throws CancelledError when the signal is aborted before it is loaded, UserError when loading failed, and what the work throws
   */
  async use<T>(work: (llm: Llm) => Promise<T>, signal: AbortSignal): Promise<T> {
    this.#users++;
    this.#uses++;
    this.#forgetSleep();
    try {
      this.#llm ??= this.#wake();
      return await work(await orAborted(this.#llm, signal));
    } finally {
      if (--this.#users === 0) this.#planSleep();
    }
  }

  /** Unloads now. @returns false when the model is in use or not loaded */
  async sleepNow(): Promise<boolean> {
    if (this.#users > 0 || this.status.state !== 'ready') return false;
    await this.#sleep();
    return this.#llm === undefined;
  }

  /** Resolves once there is nothing to do; at once while it sleeps. @throws UserError when loading failed */
  async idle(): Promise<void> {
    await (await this.#llm)?.idle();
  }

  #wake(): Promise<Llm> {
    this.#set({ state: 'loading', model: this.parts.model, percent: 0 });
    return this.#load(0);
  }

  /** @param passed what counts as start-up time already, in milliseconds */
  #load(passed: number): Promise<Llm> {
    const started = performance.now() - passed;
    const { model } = this.parts;
    const llm = this.#unloaded.then(() =>
      this.parts.load((percent) => {
        const { status } = this;
        if (status.state === 'loading' && percent !== status.percent) this.#set({ state: 'loading', model, percent });
      }),
    );
    llm.then(
      ({ facts }) => {
        const { name, prefillTokensPerSecond, ...told } = facts;
        this.#set({ state: 'ready', model, ...told, startMs: Math.round(performance.now() - started) });
        if (this.#users === 0) this.#planSleep();
      },
      (error: unknown) => {
        const code = error instanceof UserError ? error.code : 'engineFailed';
        this.#set({ state: 'failed', model, code, detail: messageOf(error) });
      },
    );
    return llm;
  }

  #planSleep(): void {
    const { unloadAfterMs = 0, after = afterMs } = this.parts;
    this.#forgetSleep();
    if (unloadAfterMs > 0 && this.status.state === 'ready')
      this.#forgetSleep = after(unloadAfterMs, () => void this.#sleep());
  }

  /** Only once what outlives its request is over as well. */
  async #sleep(): Promise<void> {
    const uses = this.#uses;
    const loaded = this.#llm;
    const llm = await loaded;
    await llm?.idle();
    // Used meanwhile, or put to sleep by another one who wanted that.
    if (llm === undefined || this.#uses !== uses || this.#llm !== loaded) return;
    this.#llm = undefined;
    this.#unloaded = llm.dispose();
    // Whoever wakes it hears of it; until then nobody has to.
    this.#unloaded.catch(() => undefined);
    this.#set({ state: 'asleep', model: this.parts.model });
  }

  #set(next: Status): void {
    this.status = next;
    this.#changed.fire(next);
  }
}

function afterMs(ms: number, call: () => void): () => void {
  const timer = setTimeout(call, ms);
  return () => clearTimeout(timer);
}
