/** The page's end of the door to the extension. */
import type { FromPage, ToPage, Words } from '../messages';

/** What outlives hiding and reloading the page. */
export interface Kept {
  /** The question that is being typed. */
  readonly draft: string;
  /** An earlier question that is being changed. */
  readonly edit?: { readonly id: string; readonly text: string };
}

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: Kept): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  readonly words: Words;
  readonly kept: Kept;
  post(message: FromPage): void;
  /** Keeps these in place of what was kept under the same names. */
  keep(kept: Partial<Kept>): void;
  /** Forgets the question that was being changed. */
  dropEdit(): void;
}

/** VS Code gives its interface once in the life of a page. */
export function openHost(): Host {
  const api = acquireVsCodeApi();
  let kept = keptOf(api.getState());
  const set = (to: Kept) => {
    kept = to;
    api.setState(kept);
  };
  return {
    words: wordsOfPage(),
    get kept() {
      return kept;
    },
    post: (message) => api.postMessage(message),
    keep: (some) => set({ ...kept, ...some }),
    dropEdit: () => set({ draft: kept.draft }),
  };
}

/** The state may be of an older page: what is not as expected counts as nothing. */
function keptOf(state: unknown): Kept {
  if (!isRecord(state) || typeof state.draft !== 'string') return { draft: '' };
  const { draft, edit } = state;
  if (!isRecord(edit) || typeof edit.id !== 'string' || typeof edit.text !== 'string') return { draft };
  return { draft, edit: { id: edit.id, text: edit.text } };
}

/** @throws {Error} when the page has no words: the extension always puts them there. */
function wordsOfPage(): Words {
  const text = document.getElementById('words')?.textContent;
  if (!text) throw new Error('The page has no words.');
  return JSON.parse(text) as Words;
}

/** The extension is the only one that can post here; anything without a type is of the editor's own machinery. */
export function onMessage(hear: (message: ToPage) => void): void {
  window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isToPage(data)) hear(data);
  });
}

function isToPage(data: unknown): data is ToPage {
  return isRecord(data) && typeof data.type === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Puts values where `{0}`, `{1}`, ... stand in a word. */
export function fill(word: string, ...values: readonly (string | number)[]): string {
  return word.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}
