/** Ignore files of one name in all opened folders, read when they are first asked for and again when they change. */
import * as vscode from 'vscode';
import { findFiles } from '../findFiles';
import { watchFiles } from '../watching';
import { type IgnoreFile, IgnoreRules, type Said } from './ignoreRules';

/** Files that are read at the most, in one folder of the workspace. */
const MOST_FILES = 500;
const SKIPPED = ['node_modules', '.git', '.hg', '.svn', 'vendor', '.venv'];

export class IgnoreFiles implements vscode.Disposable {
  /** By the URI of a workspace folder. */
  readonly #reading = new Map<string, Promise<IgnoreRules>>();
  readonly #read = new Map<string, IgnoreRules>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** The rules are others now. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  /** @param more files with rules, relative to the folder, that other tools keep elsewhere */
  constructor(
    private readonly name: string,
    private readonly more: readonly string[] = [],
  ) {
    this.#subscription = watchFiles(`**/${name}`, () => this.#forget());
  }

  async says(uri: vscode.Uri): Promise<Said> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder && (await this.#rulesOf(folder)).says(pathIn(folder, uri));
  }

  /** What is known without waiting; `unknown` before the files were read. */
  saysNow(uri: vscode.Uri): Said | 'unknown' {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined) return undefined;
    const rules = this.#read.get(folder.uri.toString());
    return rules === undefined ? 'unknown' : rules.says(pathIn(folder, uri));
  }

  #rulesOf(folder: vscode.WorkspaceFolder): Promise<IgnoreRules> {
    const key = folder.uri.toString();
    const known = this.#reading.get(key);
    if (known !== undefined) return known;
    const reading = this.#readRules(folder);
    this.#reading.set(key, reading);
    const isCurrent = (): boolean => this.#reading.get(key) === reading;
    reading.then(
      (rules) => isCurrent() && this.#read.set(key, rules),
      // Whoever asked is told; the next one asks again.
      () => isCurrent() && this.#reading.delete(key),
    );
    return reading;
  }

  async #readRules(folder: vscode.WorkspaceFolder): Promise<IgnoreRules> {
    const uris = await findFiles(folder, {
      pattern: `**/${this.name}`,
      excluded: `**/{${SKIPPED.join()}}/**`,
      most: MOST_FILES,
      fits: (path) => path.endsWith(`/${this.name}`),
      skipped: SKIPPED,
    });
    // The folder's own is read even where the person's settings hide it from searches.
    const top = [...this.more, this.name].map((name) => vscode.Uri.joinPath(folder.uri, name));
    const below = uris.filter((uri) => pathIn(folder, uri) !== this.name);
    const files = below.map((uri) => readRulesFile(uri, pathIn(folder, uri).slice(0, -this.name.length - 1)));
    return new IgnoreRules((await Promise.all([...top.map((uri) => readRulesFile(uri, '')), ...files])).flat());
  }

  /** What was read stays in use until it is read anew. */
  #forget(): void {
    this.#reading.clear();
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** @param uri within the folder */
export function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string {
  return uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}

async function readRulesFile(uri: vscode.Uri, folder: string): Promise<IgnoreFile[]> {
  try {
    return [{ folder, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) }];
  } catch (error) {
    // Deleted meanwhile, or a folder without one.
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}
