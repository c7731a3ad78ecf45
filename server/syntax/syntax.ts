/**
 * What the grammar of a language tells of a text at once: all answers are synchronous, and undefined when the grammar is not there or does
 * not tell in time. Grammars are loaded in the background; nothing waits for them.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Language as GrammarOfParser, Parser } from '@vscode/tree-sitter-wasm';
import { Grammar, type Read, UnparsedError } from './grammar';
import type { Insertion } from './insertion';
import { type Kind, kindAt } from './kind';
import { type Language, languageOf } from './languages';
import { type Definition, definitions } from './outline';
import { seams, seamsByIndentation } from './seams';
import { isSound } from './soundness';
import { statementEnd } from './statement';

/** The most time for one answer, in milliseconds. A usual one takes two. */
const TIME_LIMIT = 50;
/** The same for a whole text of thousands of lines, which a person waits for anyway. */
const WHOLE_TIME_LIMIT = 1_000;

/** What a grammar says of a whole text. */
export interface Whole {
  readonly names: readonly Definition[];
  /** Whether it parses without an error. */
  readonly parses: boolean;
}

export class Syntax {
  readonly #folder: string;
  readonly #timeLimit: number;
  readonly #loading = new Map<string, Promise<void>>();
  readonly #grammars = new Map<string, Grammar>();
  #isDisposed = false;

  private constructor(folder: string, timeLimit: number) {
    this.#folder = folder;
    this.#timeLimit = timeLimit;
  }

  /** @param folder where `tree-sitter.wasm` and the grammars lie */
  static create(folder: string, timeLimit = TIME_LIMIT): Syntax {
    return new Syntax(folder, timeLimit);
  }

  /** Loads the language's grammar, once; at once for a language that has none. Rejects when its file cannot be read. */
  async load(languageId: string): Promise<void> {
    const language = languageOf(languageId);
    if (language === undefined) return;
    const loading = this.#loading.get(language.grammar) ?? this.#loadFor(languageId, language.grammar);
    this.#loading.set(language.grammar, loading);
    await loading;
  }

  /** What the offset lies in: code, a comment or a string. */
  kindAt(languageId: string, text: string, offset: number): Kind | undefined {
    return this.#ask(languageId, (language, read) => kindAt(language, text, offset, read));
  }

  /**
   * Whether the insertion adds no syntax error. Errors that are there without it do not count. Give as much of the file as there is: the
   * part to parse is cut from it here, with the blocks that enclose it.
   */
  isSound(languageId: string, insertion: Insertion): boolean | undefined {
    return this.#ask(languageId, (language, read) => isSound(language, insertion, read));
  }

  /** Offset in the inserted text where the first whole statement of it ends. */
  statementEnd(languageId: string, insertion: Insertion): number | undefined {
    return this.#ask(languageId, (language, read) => statementEnd(language, insertion, read));
  }

  /** The definitions of a whole text, and whether it parses. */
  outline(languageId: string, text: string): Whole | undefined {
    return this.#ask(
      languageId,
      (_, read) => read(text, (root) => ({ names: definitions(root), parses: !root.hasError })),
      WHOLE_TIME_LIMIT,
    );
  }

  /** What it costs to cut a text before each of its lines, 0 where nothing is cut through; by indentation where the grammar does not tell. */
  seams(languageId: string, lines: readonly string[]): readonly number[] {
    const told = this.#ask(
      languageId,
      (_, read) => read(lines.join('\n'), (root) => seams(root, lines)),
      WHOLE_TIME_LIMIT,
    );
    return told ?? seamsByIndentation(lines);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const grammar of this.#grammars.values()) grammar.dispose();
    this.#grammars.clear();
  }

  /** The first question to a grammar takes many times as long as the next: it is asked here, where nobody waits for it. */
  async #loadFor(languageId: string, grammar: string): Promise<void> {
    await this.#load(grammar);
    this.isSound(languageId, { before: '', inserted: 'x\n', after: '' });
  }

  async #load(grammar: string): Promise<void> {
    await Parser.init({ locateFile: (file) => path.join(this.#folder, file) });
    const binary = await readFile(path.join(this.#folder, `tree-sitter-${grammar}.wasm`));
    const language = await GrammarOfParser.load(binary);
    if (!this.#isDisposed) this.#grammars.set(grammar, new Grammar(language));
  }

  #ask<T>(
    languageId: string,
    answer: (language: Language, read: Read) => T,
    timeLimit = this.#timeLimit,
  ): T | undefined {
    const language = languageOf(languageId);
    const grammar = language && this.#grammars.get(language.grammar);
    if (language === undefined || grammar === undefined) return undefined;
    try {
      return answer(language, grammar.reader(performance.now() + timeLimit));
    } catch (thrown) {
      if (thrown instanceof UnparsedError) return undefined;
      throw thrown;
    }
  }
}
