/** A conversation as tokens: the template's parts with their special tokens, what was said without any, answers as they were written. Pure. */
import type { ChatPrompt } from '../llm';
import { Answers } from './answers';
import type { Part } from './standins';
import type { ChatTemplate } from './template';

/** The tokenizer of a model. */
export interface Vocabulary<T> {
  /** Words of the template, special tokens among them. @param isFirst whether nothing stands before them */
  template(text: string, isFirst: boolean): readonly T[];
  /** Words of anyone else, without special tokens. */
  data(text: string): readonly T[];
  /** Stands at the very start, for models that want it. */
  readonly begin?: T;
}

export interface LaidOut<T> {
  readonly tokens: readonly T[];
  /** Tokens at the end that are the begin of the answer. */
  readonly begun: readonly T[];
  /** The template's words before the answer. */
  readonly opening: string;
  /** The thought that they open; '' when they open none. */
  readonly thought: string;
}

/** A thought that is begun and not ended. */
const OPEN_THOUGHT = /(?:<think>|\[THINK\])(?![\s\S]*(?:<\/think>|\[\/THINK\]))[\s\S]*$/;
/** Texts whose tokens are kept. */
const MOST_TOKENIZED = 512;

export class ChatLayout<T> {
  readonly answers = new Answers<T>();
  readonly #tokenized = new Map<string, readonly T[]>();

  constructor(
    private readonly template: Pick<ChatTemplate, 'render'>,
    private readonly vocabulary: Vocabulary<T>,
  ) {}

  /** @throws Error when the template refuses the conversation */
  layOut(prompt: ChatPrompt): LaidOut<T> {
    const parts = this.#asWritten(this.template.render(prompt));
    const last = parts.at(-1);
    const opening = last?.from === undefined ? (last?.text ?? '') : '';
    const thought = OPEN_THOUGHT.exec(opening)?.[0] ?? '';
    const begun = this.#begun(prompt.begun ?? '', thought);
    const tokens = parts.flatMap((part, at) => this.#tokensOf(part, at === 0));
    const { begin } = this.vocabulary;
    // The template may have written it itself.
    const head = begin === undefined || tokens[0] === begin ? [] : [begin];
    return { tokens: [...head, ...tokens, ...begun], begun, opening, thought };
  }

  /** A text by itself, as data. */
  tokens(text: string): readonly T[] {
    return this.#data(text);
  }

  /** How many those are. */
  count(text: string): number {
    return this.#data(text).length;
  }

  /** Where an answer was begun with more than the template puts before it later, such as a thought left out, that stays, and the cache with it. */
  #asWritten(parts: readonly Part[]): readonly Part[] {
    return parts.map((part, at) => {
      const next = parts[at + 1];
      if (part.from !== undefined || next?.from !== 'assistant') return part;
      const { opening = '' } = this.answers.find(next.text) ?? {};
      return opening.startsWith(part.text) ? { text: opening } : part;
    });
  }

  #tokensOf({ text, from }: Part, isFirst: boolean): readonly T[] {
    if (from === undefined)
      return this.#known(isFirst ? 'first' : 'template', text, () => this.vocabulary.template(text, isFirst));
    return from === 'assistant' ? this.#answer(text) : this.#data(text);
  }

  #answer(text: string): readonly T[] {
    const found = this.answers.find(text);
    return found === undefined ? this.#data(text) : [...found.tokens, ...this.vocabulary.data(found.rest)];
  }

  /** @param thought what the template has opened: an answer that was begun without it has thought already */
  #begun(text: string, thought: string): readonly T[] {
    if (text === '' || thought === '') return this.#answer(text);
    const open = thought.trimEnd();
    if (text.startsWith(thought)) return this.#answer(text.slice(thought.length));
    if (text.startsWith(open)) return this.#answer(text.slice(open.length));
    return [...this.vocabulary.template(`\n${open.replace(/^([<[])/, '$1/')}\n\n`, false), ...this.#answer(text)];
  }

  #data(text: string): readonly T[] {
    return this.#known('data', text, () => this.vocabulary.data(text));
  }

  /** What stays the same from turn to turn is tokenized once. */
  #known(kind: string, text: string, tokenize: () => readonly T[]): readonly T[] {
    const key = `${kind} ${text}`;
    const known = this.#tokenized.get(key);
    if (known) return known;
    const tokens = tokenize();
    if (this.#tokenized.size >= MOST_TOKENIZED) this.#tokenized.clear();
    this.#tokenized.set(key, tokens);
    return tokens;
  }
}
