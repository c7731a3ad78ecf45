/** What the model wrote so far, with how sure it was. */

export interface DraftToken {
  /** Length of the draft's text up to and with this token, in UTF-16 code units. */
  readonly end: number;
  /** 0 to 1. */
  readonly probability: number;
}

export interface Draft {
  /** `\n` line ends. */
  readonly text: string;
  readonly tokens: readonly DraftToken[];
  /** True when the model ended by itself: the text is whole. */
  readonly ended: boolean;
}

export const emptyDraft: Draft = { text: '', tokens: [], ended: false };

/** The draft as if its first characters had been typed by the user, who was sure of them. */
export function withoutHead(draft: Draft, length: number): Draft {
  if (length === 0) return draft;
  const tokens = draft.tokens
    .filter(({ end }) => end > length)
    .map(({ end, probability }) => ({ end: end - length, probability }));
  return { ...draft, text: draft.text.slice(length), tokens };
}
