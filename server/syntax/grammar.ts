/** The door to tree-sitter: one language's parser, which gives up in time. */
import { type Language as GrammarOfParser, type Node, Parser } from '@vscode/tree-sitter-wasm';

/** Looks at the root of a text's tree; the tree is gone afterwards. */
export type Read = <T>(text: string, look: (root: Node) => T) => T;

/** Thrown where a text could not be parsed in time, or not at all. */
export class UnparsedError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnparsedError';
  }
}

export class Grammar {
  readonly #parser = new Parser();
  #isDead = false;

  constructor(language: GrammarOfParser) {
    this.#parser.setLanguage(language);
  }

  /**
   * @param deadline on the clock of `performance.now()`
   * @throws UnparsedError from the returned function
   */
  reader(deadline: number): Read {
    return (text, look) => {
      const tree = this.#parse(text, deadline);
      try {
        return look(tree.rootNode);
      } finally {
        tree.delete();
      }
    };
  }

  dispose(): void {
    if (!this.#isDead) this.#parser.delete();
    this.#isDead = true;
  }

  #parse(text: string, deadline: number) {
    if (this.#isDead) throw new UnparsedError('The parser is gone.');
    try {
      const tree = this.#parser.parse(text, null, { progressCallback: () => performance.now() > deadline });
      if (tree !== null) return tree;
    } catch (thrown) {
      // The grammar's own code failed. Nothing is known of the parser's state, so it is not used again.
      if (!(thrown instanceof Error) || thrown.name !== 'RuntimeError') throw thrown;
      this.#isDead = true;
      throw new UnparsedError(thrown.message);
    }
    this.#parser.reset();
    throw new UnparsedError('Parsing took too long.');
  }
}
