/**
 * The door of the chat page: all that is said between it and the extension. The page owns nothing but what is typed into it: whenever it is
 * made again it says `ready` and is told everything. The extension checks what comes from the page before using it.
 */

/** What a question was or will be about, beside what its text names. */
export interface Chip {
  readonly id: string;
  /** `basket.ts:3-20`. */
  readonly label: string;
  /** The whole path, or what kind of thing it is, for a tooltip and a screen reader. */
  readonly detail: string;
  /** Name of a codicon. */
  readonly icon: string;
}

export interface Question {
  readonly text: string;
  readonly chips: readonly Chip[];
}

/**
 * `waiting`: for the model to load or for its turn. `reading`: the prompt. `stopped`: by the person. `broken`: the model's process ended, or
 * the window was closed; it can be gone on with. `failed`: nothing could be answered, `note` says why.
 */
export type AnswerState = 'waiting' | 'reading' | 'thinking' | 'writing' | 'done' | 'stopped' | 'broken' | 'failed';

export interface Answer {
  readonly state: AnswerState;
  /** Markdown as the model wrote it. Never trusted. */
  readonly text: string;
  readonly thought: string;
  /** While reading, 0 to 100. */
  readonly percent?: number;
  /** Sentences about it: what was left out, why it ended early. */
  readonly notes: readonly string[];
  /** The model's name; tokens written in one second. */
  readonly model?: string;
  readonly tokensPerSecond?: number;
  /** Whether it can be gone on with: it was broken off or met its length. */
  readonly canContinue: boolean;
}

/** A question and its answer. */
export interface Exchange {
  readonly id: string;
  readonly question: Question;
  readonly answer: Answer;
}

/** The model that answers. `none`: `sentences` tell what to do, and `offer` names the advised one. `restricted`: the workspace is not trusted. */
export type PageModel =
  | { readonly state: 'none'; readonly sentences: readonly string[]; readonly offer?: Offer }
  | { readonly state: 'loading'; readonly name: string; readonly percent: number }
  | { readonly state: 'ready' | 'asleep'; readonly name: string }
  | { readonly state: 'failed'; readonly name: string; readonly sentence: string }
  | { readonly state: 'restricted'; readonly name: string; readonly sentence: string };

export interface Offer {
  /** `Get Qwen3.5 0.8B`. */
  readonly title: string;
  /** `812 MB, about 2 minutes; needs 1.3 GB of memory`. */
  readonly detail: string;
}

/** How full the context is, in tokens. */
export interface Room {
  readonly used: number;
  readonly of: number;
}

/** A row of the list that opens behind `@` and `/`. */
export interface Suggestion {
  /** What stands in the text when it is taken, without a blank behind it. */
  readonly insert: string;
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  /** Whether the list stays open for what follows: `@file:`. */
  readonly goesOn: boolean;
}

/** A conversation of the history. */
export interface Past {
  readonly id: string;
  readonly title: string;
  /** Words of when it was changed last. */
  readonly when: string;
  /** Where the search found something in it; '' where nothing was searched for. */
  readonly found: string;
  readonly isCurrent: boolean;
}

export type ToPage =
  | {
      readonly type: 'conversation';
      readonly id: string;
      readonly title: string;
      readonly exchanges: readonly Exchange[];
      /** An answer is being written. */
      readonly isBusy: boolean;
    }
  /** A new exchange, or one that changed otherwise than by growing. */
  | { readonly type: 'exchange'; readonly exchange: Exchange; readonly isBusy: boolean }
  /** The last exchange's answer has grown. At most one in a frame. */
  | {
      readonly type: 'grown';
      readonly id: string;
      readonly state: AnswerState;
      readonly text: string;
      readonly thought: string;
      readonly percent?: number;
      readonly tokensPerSecond?: number;
    }
  | { readonly type: 'model'; readonly model: PageModel }
  | { readonly type: 'room'; readonly room: Room | undefined }
  /** What the next question is about. */
  | { readonly type: 'chips'; readonly chips: readonly Chip[] }
  /** The answer to `suggest`; of an older request, it is dropped. */
  | { readonly type: 'suggestions'; readonly request: number; readonly items: readonly Suggestion[] }
  | { readonly type: 'history'; readonly request: number; readonly items: readonly Past[] }
  /** Puts the cursor into the input; with a text, that is put in. */
  | { readonly type: 'focus'; readonly text?: string }
  | { readonly type: 'showHistory' };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'ask'; readonly text: string }
  | { readonly type: 'stop' }
  /** Answers the same question again, in place of the answer and all that followed. */
  | { readonly type: 'retry'; readonly id: string }
  /** Asks another question in place of this one and all that followed. */
  | { readonly type: 'edit'; readonly id: string; readonly text: string }
  | { readonly type: 'continue'; readonly id: string }
  | { readonly type: 'newChat' }
  | { readonly type: 'export' }
  | { readonly type: 'copy'; readonly text: string }
  /** `block` counts the code blocks of the answer from 0. */
  | { readonly type: 'insert' | 'apply'; readonly id: string; readonly block: number; readonly code: string }
  | { readonly type: 'suggest'; readonly request: number; readonly kind: '@' | '/'; readonly query: string }
  | { readonly type: 'removeChip'; readonly id: string }
  /** Opens what a chip is about; of the next question, or of an exchange. */
  | { readonly type: 'openChip'; readonly id: string; readonly exchange?: string }
  /** URIs or paths of files and folders that were dropped onto the page. */
  | { readonly type: 'drop'; readonly uris: readonly string[] }
  | { readonly type: 'searchHistory'; readonly request: number; readonly query: string }
  | { readonly type: 'open' | 'delete'; readonly id: string }
  /** Brings back the conversation that was deleted last. */
  | { readonly type: 'undelete'; readonly id: string }
  /** A link in an answer was clicked. The extension shows its target and asks before opening it. */
  | { readonly type: 'openLink'; readonly href: string }
  | { readonly type: 'takeOffer' | 'chooseModel' | 'restartModel' | 'showLog' | 'manageTrust' };

/** The page's words, in the person's language; `{0}` stands for a name or number. The extension puts them into the page as JSON. */
export interface Words {
  readonly ask: string;
  readonly askFollowUp: string;
  readonly send: string;
  readonly stop: string;
  readonly you: string;
  readonly minnow: string;
  readonly copy: string;
  readonly copied: string;
  readonly insert: string;
  readonly apply: string;
  readonly retry: string;
  readonly edit: string;
  readonly cancel: string;
  readonly goOn: string;
  readonly newChat: string;
  readonly history: string;
  readonly searchHistory: string;
  readonly noHistory: string;
  readonly remove: string;
  readonly delete: string;
  /** `{0}`: the title of a conversation. */
  readonly deleted: string;
  readonly undo: string;
  readonly back: string;
  readonly waiting: string;
  /** `{0}`: the percentage. */
  readonly reading: string;
  readonly thinking: string;
  readonly thought: string;
  readonly writing: string;
  readonly done: string;
  readonly stopped: string;
  readonly broken: string;
  /** `{0}`: the model; `{1}`: the percentage. */
  readonly loading: string;
  /** `{0}`: the model. */
  readonly asleep: string;
  /** `{0}` tokens are used of `{1}`. */
  readonly room: string;
  readonly tokensPerSecond: string;
  readonly chooseModel: string;
  readonly restartModel: string;
  readonly showLog: string;
  readonly manageTrust: string;
  readonly wrap: string;
  readonly dropHere: string;
  readonly toEnd: string;
  readonly emptyTitle: string;
  readonly emptyHint: string;
  readonly code: string;
  /** What a click on a link does; `{0}`: its target. */
  readonly link: string;
}
