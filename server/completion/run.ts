/** One generation of the model, which may outlive the request that began it: it goes on while the typing agrees with it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Place } from '../documents';
import { CancelledError, orAborted } from '../errors';
import type { InfillPrompt, Llm, PrefillUsage } from '../llm/llm';
import { type Draft, type DraftToken, emptyDraft } from './draft';

export interface RunOptions {
  readonly maxTokens: number;
  readonly firstRank?: number;
  /** The run ends as soon as this holds. */
  readonly isWhole: (draft: Draft) => boolean;
}

export class Run {
  draft = emptyDraft;
  usage: PrefillUsage = { reused: 0, evaluated: 0 };
  over = false;
  readonly #controller = new AbortController();
  readonly #waiting = new Set<() => void>();
  readonly #version: number;
  /** Ends with the run; rejects when it was aborted or the engine failed. */
  readonly #finished: Promise<void>;

  constructor(
    llm: Llm,
    private readonly document: TextDocument,
    /** Where the text begins. */
    readonly place: Place,
    prompt: InfillPrompt,
    options: RunOptions,
  ) {
    this.#version = document.version;
    this.#finished = this.#generate(llm, prompt, options);
    // Whoever waits is told; a run that nobody waits for may fail unheard.
    this.#finished.catch(() => undefined);
  }

  /** The draft, once it fulfils the condition or nothing more will come. @throws CancelledError when the signal or the run is aborted */
  async until(holds: (draft: Draft) => boolean, signal: AbortSignal): Promise<Draft> {
    while (!this.over && !holds(this.draft)) {
      let wake = (): void => undefined;
      const news = new Promise<void>((resolve) => {
        wake = resolve;
      });
      this.#waiting.add(wake);
      await orAborted(news, signal).finally(() => this.#waiting.delete(wake));
    }
    if (this.over) await this.#finished;
    return this.draft;
  }

  get uri(): string {
    return this.document.uri;
  }

  /** How many wait for it. */
  get listeners(): number {
    return this.#waiting.size;
  }

  /** True when the document has changed since the run began. */
  get isTypedOn(): boolean {
    return this.document.version !== this.#version;
  }

  /** Stops within one batch of prefill or one token. */
  abort(): void {
    this.#controller.abort();
  }

  get aborted(): boolean {
    return this.#controller.signal.aborted;
  }

  /** True while the text since the run's place is what the run says, as far as it has come. */
  agreesWith({ text, offset }: Pick<Place, 'text' | 'offset'>): boolean {
    const typed = text.slice(this.place.offset, offset);
    const { text: said } = this.draft;
    const agrees = said.startsWith(typed) || (!this.over && typed.startsWith(said));
    return !this.aborted && offset >= this.place.offset && agrees && sameAround(this.place, text, offset);
  }

  async #generate(llm: Llm, prompt: InfillPrompt, { isWhole, firstRank = 0, maxTokens }: RunOptions): Promise<void> {
    const tokens: DraftToken[] = [];
    const onPrefilled = (usage: PrefillUsage): void => {
      this.usage = usage;
    };
    try {
      let whole = false;
      for await (const { text, probability } of llm.infill(
        prompt,
        { maxTokens, firstRank, onPrefilled },
        this.#controller.signal,
      )) {
        tokens.push({ end: text.length, probability });
        this.draft = { text, tokens, ended: false };
        this.#wake();
        whole = isWhole(this.draft);
        if (whole) break;
      }
      if (this.aborted) throw new CancelledError();
      if (!whole && tokens.length < maxTokens) this.draft = { ...this.draft, ended: true };
    } finally {
      this.over = true;
      this.#wake();
    }
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}

/** How much of the text on either side must be as it was, in characters. */
const COMPARED = 200;

/** True when the text differs from the place's text at most by what stands between its offset and the given one. */
export function sameAround(place: Place, text: string, offset: number): boolean {
  const before = Math.max(0, place.offset - COMPARED);
  return (
    text.slice(before, place.offset) === place.text.slice(before, place.offset) &&
    text.slice(offset, offset + COMPARED) === place.text.slice(place.offset, place.offset + COMPARED)
  );
}
