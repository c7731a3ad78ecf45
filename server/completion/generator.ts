/** What the model says at a place: one run at a time, which is joined instead of repeated while the typing agrees with it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { promptPath } from '../context/promptPath';
import { type Place, placeIn } from '../documents';
import type { Edit } from '../edits';
import { CancelledError } from '../errors';
import type { ContextFile, InfillPrompt, Llm } from '../llm/llm';
import type { Draft } from './draft';
import { MAX_TOKENS, Pace, windowSize } from './pace';
import { Run } from './run';
import { cutWindow } from './window';

export interface Saying {
  readonly run: Run;
  /** How much of the run's text stands in the document already, in UTF-16 code units. */
  readonly typed: number;
}

export interface SayOptions {
  readonly firstRank?: number;
  /** Whether the run, which begins at `place`, has said enough. */
  readonly isWhole: (draft: Draft, place: Place) => boolean;
  /** Whether the answer can be given although the run goes on. */
  readonly isEnough: (draft: Draft, typed: number) => boolean;
  /** Wait for a pause in the typing first where this machine is slow. */
  readonly paced: boolean;
}

export interface GeneratorParts {
  /** URIs of the workspace folders. */
  readonly folders: () => readonly string[];
  /** Pieces of other files to show the model, the most related last, of at most `budget` characters together. */
  readonly contextFor: (document: TextDocument, place: Place, budget: number) => readonly ContextFile[];
}

/** How long a run that nobody waits for may go on for the next keystroke to come, in milliseconds: editors ask about 50 ms after it. */
const GRACE_MS = 150;

export class Generator {
  #run: Run | undefined;
  #warming: AbortController | undefined;
  readonly #pace = new Pace();
  readonly #windowStarts = new Map<string, number>();

  constructor(private readonly parts: GeneratorParts) {}

  /** @throws CancelledError when the signal is aborted, or the run by a newer request */
  async say(llm: Llm, document: TextDocument, place: Place, options: SayOptions, signal: AbortSignal): Promise<Saying> {
    this.#warming?.abort();
    if (options.firstRank !== undefined || !this.#canJoin(document.uri, place)) {
      this.#run?.abort();
      if (options.paced) await pause(this.#pace.delay, signal);
      this.#run = this.#start(llm, document, place, options);
    }
    const run = this.#run;
    if (run === undefined) throw new CancelledError();
    const typed = place.offset - run.place.offset;
    const release = (): void => this.#release(run);
    signal.addEventListener('abort', release, { once: true });
    const started = performance.now();
    try {
      await run.until((draft) => options.isEnough(draft, typed) || !run.agreesWith(place), signal);
    } finally {
      signal.removeEventListener('abort', release);
    }
    this.#pace.note(performance.now() - started);
    // What was typed while the run had not come so far may differ from what it then said.
    return run.agreesWith(place) ? { run, typed } : this.say(llm, document, place, options, signal);
  }

  /** Reads into the cache what the next request in this place will ask with. */
  async warm(llm: Llm, document: TextDocument, place: Place): Promise<void> {
    this.#warming?.abort();
    if (this.#run && !this.#run.over) return;
    const warming = new AbortController();
    this.#warming = warming;
    for await (const _ of llm.infill(this.#prompt(llm, document, place), { maxTokens: 0 }, warming.signal));
  }

  /** Stops the run as soon as the text says something else. */
  note({ document, offset, text }: Edit): void {
    const run = this.#run;
    if (run?.uri !== document.uri || run.over) return;
    if (!run.agreesWith(placeAfter(document, offset + text.length))) run.abort();
  }

  forget(uri: string): void {
    this.#windowStarts.delete(uri);
    if (this.#run?.uri === uri) this.#run.abort();
  }

  /** Stops whatever goes on. */
  dispose(): void {
    this.#warming?.abort();
    this.#run?.abort();
  }

  /** True while a run goes on that says what was typed. */
  #canJoin(uri: string, place: Place): boolean {
    return this.#run?.uri === uri && !this.#run.over && this.#run.agreesWith(place);
  }

  #start(llm: Llm, document: TextDocument, place: Place, { firstRank, isWhole }: SayOptions): Run {
    return new Run(llm, document, place, this.#prompt(llm, document, place), {
      maxTokens: MAX_TOKENS,
      ...(firstRank === undefined ? {} : { firstRank }),
      isWhole: (draft) => isWhole(draft, place),
    });
  }

  #prompt({ facts }: Llm, document: TextDocument, place: Place): InfillPrompt {
    const { uri, languageId } = document;
    const size = windowSize(facts);
    const { prefix, suffix, start } = cutWindow(place, size, this.#windowStarts.get(uri));
    this.#windowStarts.set(uri, start);
    const context = this.parts.contextFor(document, place, size.context);
    return { context, path: promptPath(uri, languageId, this.parts.folders()), prefix, suffix };
  }

  /** A cancelled request: where nothing was typed the run stops at once, else the next keystroke may join it. */
  #release(run: Run): void {
    if (run.over) return;
    if (!run.isTypedOn) run.abort();
    else setTimeout(() => run.listeners === 0 && !run.over && run.abort(), GRACE_MS);
  }
}

function placeAfter(document: TextDocument, rawOffset: number): Place {
  const raw = document.getText();
  const text = raw.replaceAll('\r\n', '\n');
  const offset = text === raw ? rawOffset : raw.slice(0, rawOffset).replaceAll('\r\n', '\n').length;
  return placeIn(text, offset);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const abort = (): void => {
      clearTimeout(timer);
      reject(new CancelledError());
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}
