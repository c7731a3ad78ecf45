/** `@workspace`: what of the project belongs to a question. By words first, then by meaning where there is a model for it. */
import * as vscode from 'vscode';
import type { Readable } from '../../../privacy/readable';
import { orAborted } from '../aborting';
import type { FileList } from '../fileList';
import { type Found, itemOf, missing } from '../kinds';
import { withLines } from '../paths';
import { readText } from '../readText';
import { linesOf } from '../text';
import { Indexing, type SearchResult } from './indexing';
import { type Embed, Reranking } from './rerank';
import type { Hit } from './searchIndex';

/** Pieces that are ranked again, and pieces that are given. */
const MOST_RANKED = 50;
const MOST_GIVEN = 10;

interface Piece extends Hit {
  readonly text: string;
  readonly languageId: string | undefined;
}

export interface SearchParts {
  readonly files: FileList;
  readonly allowed: Readable;
  readonly embed: Embed;
}

export class ProjectSearch implements vscode.Disposable {
  /** URIs by the names of the last list. */
  #uris: ReadonlyMap<string, vscode.Uri> = new Map();
  readonly #indexing = new Indexing({
    list: (signal) => this.#list(signal),
    read: async (name) => this.#textOf(name),
  });
  readonly #reranking: Reranking;
  readonly #subscriptions: vscode.Disposable;

  constructor(private readonly parts: SearchParts) {
    this.#reranking = new Reranking(parts.embed);
    const changed = (uri: vscode.Uri): void => this.#indexing.didChange(vscode.workspace.asRelativePath(uri));
    this.#subscriptions = vscode.Disposable.from(
      parts.files.onDidChangeFile(changed),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => changed(uri)),
    );
  }

  /** @throws the signal's reason */
  async read(question: string, signal: AbortSignal): Promise<Found> {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0)
      return missing(vscode.l10n.t('No folder is open, so there is no project to search.'));
    const result = await this.find(question, MOST_RANKED, signal);
    const pieces = await this.#pieces(result.hits, signal);
    const ranked = await this.#reranking.rank(question, pieces, signal);
    const items = ranked
      .slice(0, MOST_GIVEN)
      .map(({ path, lines, text, languageId }, rank) =>
        itemOf('workspace', { name: withLines(path, lines), text, languageId, rank }),
      );
    return { items, missing: sentences(result, items.length) };
  }

  /** Where the words of a text stand, the best first. */
  find(question: string, most: number, signal: AbortSignal): Promise<SearchResult> {
    // What is not saved counts, and tells of no change by itself.
    for (const document of vscode.workspace.textDocuments)
      if (document.isDirty) this.#indexing.didChange(vscode.workspace.asRelativePath(document.uri));
    return this.#indexing.find(question, most, signal);
  }

  uriOf(name: string): vscode.Uri | undefined {
    return this.#uris.get(name);
  }

  /** Another model for it is chosen: it has other points. */
  forgetPoints(): void {
    this.#reranking.forget();
  }

  async #list(signal: AbortSignal): Promise<readonly string[]> {
    const files = await orAborted(this.parts.files.all(), signal);
    this.#uris = new Map(files.map(({ name, uri }) => [name, uri]));
    return files.map(({ name }) => name);
  }

  async #textOf(name: string): Promise<string | undefined> {
    const uri = this.#uris.get(name);
    const read = uri && (await readText(uri));
    return typeof read === 'object' ? read.text : undefined;
  }

  /** What was allowed when it was listed may not be any more. */
  async #pieces(hits: readonly Hit[], signal: AbortSignal): Promise<Piece[]> {
    const uris = [...new Set(hits.map(({ path }) => path))].flatMap((path) => this.#uris.get(path) ?? []);
    const allowed = new Set((await orAborted(this.parts.allowed.of(uris), signal)).map(String));
    const open = uris.filter((uri) => allowed.has(uri.toString()));
    const reads = await Promise.all(open.map(async (uri) => [uri.toString(), await readText(uri)] as const));
    signal.throwIfAborted();
    const read = new Map(reads);
    return hits.flatMap((hit) => {
      const file = read.get(this.#uris.get(hit.path)?.toString() ?? '');
      if (file === undefined || typeof file === 'string') return [];
      return [{ ...hit, text: linesOf(file.text, hit.lines), languageId: file.languageId }];
    });
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

function sentences({ searched, of }: SearchResult, found: number): string[] {
  const part = vscode.l10n.t('The project is large: {0} of its {1} files were searched.', searched, of);
  const none = vscode.l10n.t(
    'Nothing in the project matches the words of the question. Try names that occur in the code.',
  );
  return [...(searched < of ? [part] : []), ...(found === 0 ? [none] : [])];
}
