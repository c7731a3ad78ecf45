/** A position becomes a suggestion: reuse of the last one, else a window, the model, and the rules. One per connection. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Place, placeAt, splitsCharacter } from '../documents';
import type { Llm, PrefillUsage } from '../llm/llm';
import type { Settings } from '../protocol';
import { promptPath } from './promptPath';
import { type Remembered, remainder } from './reuse';
import type { Joined } from './rules/joinRest';
import { type Draft, isWhole, tidy } from './tidy';
import { cutWindow, type WindowSize } from './window';

export interface CompletionRequest {
  readonly document: TextDocument;
  readonly position: { readonly line: number; readonly character: number };
  /** URIs of the workspace folders. */
  readonly folders: readonly string[];
}

export interface CompletionResult {
  /** What to insert, `\n` line ends; undefined when there is nothing worth showing. */
  readonly suggestion?: Joined;
  readonly place: Place;
  /** How the result came about, for the log. */
  readonly origin: 'model' | 'typed through' | Silence;
  readonly usage: PrefillUsage;
  readonly generated: number;
}

/** Why nothing is suggested. */
export type Silence = 'noFim' | 'insideCharacter' | 'binary' | 'empty';

/** The most tokens of one suggestion. */
const MAX_TOKENS = 96;
/** A cold prompt shall be read within this time, in seconds. */
const COLD_START_SECONDS = 0.6;
/** Characters to a token, on the low side of code. */
const CHARS_PER_TOKEN = 3;

export class Completer {
  #last: Remembered | undefined;
  readonly #windowStarts = new Map<string, number>();

  async complete(
    llm: Llm,
    request: CompletionRequest,
    settings: Settings,
    signal: AbortSignal,
  ): Promise<CompletionResult> {
    const { document } = request;
    const place = placeAt(document, request.position);
    const refused = refusal(llm, place);
    if (refused !== undefined) return { place, origin: refused, ...NOTHING };
    const rest = remainder(this.#last, document.uri, place);
    if (rest !== undefined) return { place, suggestion: rest, origin: 'typed through', ...NOTHING };
    const result = await this.#ask(llm, request, place, settings.completion.multiline, signal);
    this.#last = result.suggestion && { uri: document.uri, place, suggestion: result.suggestion };
    return result;
  }

  /** Forgets what it keeps of a document that was closed. */
  forget(uri: string): void {
    this.#windowStarts.delete(uri);
    if (this.#last?.uri === uri) this.#last = undefined;
  }

  async #ask(
    llm: Llm,
    { document, folders }: CompletionRequest,
    place: Place,
    multiline: boolean,
    signal: AbortSignal,
  ): Promise<CompletionResult> {
    const window = cutWindow(place, windowSize(llm), this.#windowStarts.get(document.uri));
    this.#windowStarts.set(document.uri, window.start);
    const path = promptPath(document.uri, document.languageId, folders);
    let usage: PrefillUsage = NOTHING.usage;
    let generated = 0;
    let draft: Draft = { text: '', ended: true };
    const onPrefilled = (told: PrefillUsage): void => {
      usage = told;
    };
    const { prefix, suffix } = window;
    for await (const { text } of llm.infill({ path, prefix, suffix }, { maxTokens: MAX_TOKENS, onPrefilled }, signal)) {
      generated++;
      draft = { text, ended: generated < MAX_TOKENS };
      if (isWhole(text, place, multiline)) break;
    }
    const suggestion = tidy(draft, place, multiline);
    if (suggestion.text.trim() === '') return { place, origin: 'empty', usage, generated };
    return { place, suggestion, origin: 'model', usage, generated };
  }
}

const NOTHING = { usage: { reused: 0, evaluated: 0 }, generated: 0 } as const;

function refusal(llm: Llm, place: Place): Silence | undefined {
  if (!llm.facts.completes) return 'noFim';
  if (splitsCharacter(place)) return 'insideCharacter';
  return isBinary(place) ? 'binary' : undefined;
}

/** Binary data opened as text has NUL characters, or bytes that are no text at all. */
function isBinary({ text, offset }: Place): boolean {
  const near = text.slice(Math.max(0, offset - 2_000), offset + 2_000);
  return near.includes('\0') || near.split('\uFFFD').length > 8;
}

/** As much of the file as this machine reads in good time from nothing, and as fits. */
function windowSize({ facts }: Llm): WindowSize {
  const room = facts.contextSize - MAX_TOKENS - 64;
  const tokens = Math.min(room, Math.max(256, Math.round(facts.prefillTokensPerSecond * COLD_START_SECONDS)));
  return { prefix: Math.round(tokens * 0.75 * CHARS_PER_TOKEN), suffix: Math.round(tokens * 0.25 * CHARS_PER_TOKEN) };
}
