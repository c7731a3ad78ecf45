/** A position becomes a suggestion: gates, then memory, else the model; and the rules. One per connection. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Place } from '../documents';
import type { Edit } from '../edits';
import type { Llm } from '../llm/llm';
import type { Outcome, Rule, Settings, Settled } from '../protocol';
import type { Insertion } from '../syntax/insertion';
import { BulkEdits } from './bulkEdits';
import { withoutHead } from './draft';
import { gate } from './gates';
import { Generator, type GeneratorParts, type SayOptions } from './generator';
import { type Found, Memory } from './memory';
import { Offers } from './offers';
import { outcomeOf, type Result } from './outcome';
import type { Joined } from './rules/joinRest';
import type { Floors } from './rules/trimToConfidence';
import type { Run } from './run';
import { isFirstLineWhole, isNextLineWhole, isWhole, type Tidied, type TidyOptions, tidy } from './tidy';

export interface CompletionRequest {
  readonly document: TextDocument;
  readonly place: Place;
  /** True when the person asked for it, false when it comes by typing. */
  readonly asked: boolean;
}

export interface CompletionAnswer {
  /** The likeliest first; more than one only when asked. */
  readonly suggestions: readonly Joined[];
  readonly outcome: Outcome;
}

/** What the completer is told by the rest of the server, and tells it. */
export interface CompleterParts extends GeneratorParts {
  readonly settings: () => Settings['completion'];
  readonly kindAt: (languageId: string, text: string, offset: number) => 'code' | 'comment' | 'string' | undefined;
  readonly isSound: (languageId: string, insertion: Insertion) => boolean | undefined;
  readonly statementEnd: (languageId: string, insertion: Insertion) => number | undefined;
  readonly onSettled: (settled: Settled) => void;
  /** There is more to show for this version of the document than was answered. */
  readonly onExtended: (uri: string, version: number) => void;
}

/** How sure the model must be while typing; chosen by the holes of docs/benchmarks.md. What was asked for may be less sure. */
const FLOORS: Floors = { line: 0.2, part: 0.5 };
const ASKED_FLOORS: Floors = { line: 0, part: 0 };
const ALTERNATIVES = 3;

export class Completer {
  readonly #memory = new Memory();
  readonly #bulkEdits = new BulkEdits();
  readonly #offers: Offers;
  readonly #generator: Generator;
  /** Where the person asked last: what the editor asks there by itself afterwards must not take away what was asked for. */
  #askedAt: { readonly uri: string; readonly version: number; readonly offset: number } | undefined;
  /** Where a suggestion was accepted last. */
  #accepted: { readonly uri: string; readonly version: number } | undefined;

  constructor(private readonly parts: CompleterParts) {
    this.#offers = new Offers(parts.onSettled);
    this.#generator = new Generator(parts);
  }

  /** @throws CancelledError when the signal is aborted */
  async complete(llm: Llm, request: CompletionRequest, signal: AbortSignal): Promise<CompletionAnswer> {
    const started = performance.now();
    const engineMs = llm.engineMs ?? 0;
    const { document, place, asked } = request;
    const { uri } = document;
    this.#offers.moveTo(uri, place);
    if (asked) this.#noteAsked(request);
    const options = this.#tidyOptions(request);
    const silence = gate({ ...this.#gateFacts(request), model: llm.facts, without: options.without });
    const results = silence
      ? [{ tidied: { silence }, origin: 'memory' } satisfies Result]
      : asked
        ? await this.#alternatives(llm, request, options, signal)
        : [this.#recalled(request, options) ?? (await this.#asked(llm, request, options, signal))];
    const suggestions = results.flatMap(({ tidied }) => ('suggestion' in tidied ? [tidied.suggestion] : []));
    this.#offers.show(document, place, suggestions);
    return {
      suggestions,
      outcome: outcomeOf(uri, results, { ms: performance.now() - started, engineMs: (llm.engineMs ?? 0) - engineMs }),
    };
  }

  /** Follows what is done to a document. */
  note(edit: Edit): void {
    this.#generator.note(edit);
    if (this.#offers.note(edit)) this.#accepted = { uri: edit.document.uri, version: edit.document.version };
    else this.#bulkEdits.note(edit);
  }

  /** The cursor has moved without typing. */
  warm(llm: Llm, document: TextDocument, place: Place): Promise<void> {
    return this.#generator.warm(llm, document, place);
  }

  /** Forgets what it keeps of a document that was closed. */
  forget(uri: string): void {
    this.#generator.forget(uri);
    this.#memory.forget(uri);
  }

  /** Ends what goes on beyond its request. */
  dispose(): void {
    this.#generator.dispose();
  }

  #gateFacts({ document, place, asked }: CompletionRequest) {
    const unwanted = !this.parts.settings().comments;
    const unwantedComment = unwanted && this.parts.kindAt(document.languageId, place.text, place.offset) === 'comment';
    return { place, asked, bulkEdit: this.#bulkEdits.isOn(performance.now()), unwantedComment };
  }

  /** What was kept here by typing was cut where the model was not sure. */
  #noteAsked({ document: { uri, version }, place }: CompletionRequest): void {
    this.#askedAt = { uri, version, offset: place.offset };
    this.#memory.forgetPlace(uri, place);
  }

  #wasAsked({ uri, version }: Pick<TextDocument, 'uri' | 'version'>, { offset }: Place): boolean {
    const at = this.#askedAt;
    return at?.uri === uri && at.version === version && at.offset === offset;
  }

  #tidyOptions({ document, place }: CompletionRequest): TidyOptions {
    const { multiline, brief, without } = this.parts.settings();
    const wasAsked = this.#wasAsked(document, place);
    return {
      multiline: multiline && (wasAsked || brief !== true),
      floors: wasAsked ? ASKED_FLOORS : FLOORS,
      without: new Set<Rule>(without),
      isSound: (insertion) => this.parts.isSound(document.languageId, insertion),
      statementEnd: (insertion) => this.parts.statementEnd(document.languageId, insertion),
    };
  }

  /** What the model said before, if it fits here; undefined when it must be asked. */
  #recalled({ document, place }: CompletionRequest, options: TidyOptions): Result | undefined {
    const found = this.#memory.find(document.uri, place);
    const tidied = found && recall(found, place, options);
    return tidied && { tidied: this.#refused(tidied, place, options), origin: 'memory' };
  }

  async #asked(llm: Llm, request: CompletionRequest, options: TidyOptions, signal: AbortSignal): Promise<Result> {
    const { document, place } = request;
    const ahead = this.#accepted?.uri === document.uri && this.#accepted.version === document.version;
    const say: SayOptions = {
      paced: true,
      isWhole: (draft, from) => (ahead ? isNextLineWhole : isWhole)(draft, from, options),
      isEnough: (draft, typed) => {
        const rest = withoutHead(draft, typed);
        return draft.text.length > typed && (isWhole(rest, place, options) || isFirstLineWhole(rest, place));
      },
    };
    const { run, typed } = await this.#generator.say(llm, document, place, say, signal);
    let tidied = tidy(withoutHead(run.draft, typed), place, options);
    const early = !run.over;
    if (early && 'silence' in tidied && !ahead) {
      await run.until(() => false, signal);
      tidied = tidy(withoutHead(run.draft, typed), place, options);
    }
    const result: Result = { tidied: this.#refused(tidied, place, options), origin: 'model', run };
    void this.#remember(run, request, result.tidied, options);
    return result;
  }

  /** Keeps what the run said once it is over, and tells when that is more than was answered: what is shown is only ever extended. */
  async #remember(run: Run, request: CompletionRequest, answered: Tidied, options: TidyOptions): Promise<void> {
    const { document, place } = request;
    const { uri, version } = document;
    const early = !run.over;
    const typed = place.offset - run.place.offset;
    await run.until(() => false, new AbortController().signal).catch(() => undefined);
    if (run.aborted || (options.floors === FLOORS && this.#wasAsked({ uri, version }, place))) return;
    if (typed > 0) this.#memory.add(run.uri, run.place, run.draft, tidy(run.draft, run.place, options));
    const draft = withoutHead(run.draft, typed);
    const whole = early ? tidy(draft, place, options) : answered;
    const more = isLonger(whole, answered);
    this.#memory.add(run.uri, place, draft, more ? whole : answered);
    if (more) this.parts.onExtended(run.uri, version);
  }

  async #alternatives(
    llm: Llm,
    { document, place }: CompletionRequest,
    options: TidyOptions,
    signal: AbortSignal,
  ): Promise<Result[]> {
    const results: Result[] = [];
    for (let firstRank = 0; firstRank < ALTERNATIVES; firstRank++) {
      const whole = (draft: Parameters<typeof isWhole>[0]): boolean => isWhole(draft, place, options);
      const { run } = await this.#generator.say(
        llm,
        document,
        place,
        { firstRank, paced: false, isWhole: whole, isEnough: whole },
        signal,
      );
      await run.until(() => false, signal);
      const tidied = tidy(run.draft, place, options);
      // What is shown because it was asked for stays while it is typed through.
      if (firstRank === 0) this.#memory.add(document.uri, place, run.draft, tidied);
      if (!results.some((other) => isSameText(other.tidied, tidied))) results.push({ tidied, origin: 'model', run });
    }
    return results;
  }

  #refused(tidied: Tidied, place: Place, { without }: TidyOptions): Tidied {
    const refused =
      'suggestion' in tidied && !without.has('refused') && this.#offers.isRefused(place, tidied.suggestion);
    return refused ? { silence: 'refused' } : tidied;
  }
}

/** The rest of what was suggested; or what was said beyond it, as far as that is whole. */
function recall({ entry, typed }: Found, place: Place, options: TidyOptions): Tidied | undefined {
  const { draft, result } = entry;
  if (typed === 0) return result;
  if ('suggestion' in result && typed < result.suggestion.text.length)
    return { suggestion: { ...result.suggestion, text: result.suggestion.text.slice(typed) } };
  const rest = withoutHead(draft, typed);
  if (rest.text.trim() === '' || !isWhole(rest, place, options)) return undefined;
  return tidy(rest, place, options);
}

function isLonger(whole: Tidied, answered: Tidied): boolean {
  if (!('suggestion' in whole) || !('suggestion' in answered)) return false;
  const { text } = answered.suggestion;
  return whole.suggestion.text.length > text.length && whole.suggestion.text.startsWith(text);
}

function isSameText(a: Tidied, b: Tidied): boolean {
  if ('suggestion' in a && 'suggestion' in b) return a.suggestion.text.trim() === b.suggestion.text.trim();
  return 'silence' in a && 'silence' in b;
}
