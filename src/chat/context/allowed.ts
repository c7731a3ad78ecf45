/**
 * Files that may be context though nobody named them: not secret, and not ignored, neither by git nor by the ignore files. Both are asked: git
 * knows rules that lie elsewhere, but is not always there and not always heard. A file that git tracks though a rule ignores it counts as
 * ignored here; its name brings it in.
 */
import * as vscode from 'vscode';
import { askGit } from '../../ignored';
import { isSecretFile } from '../../secretFiles';
import { type IgnoreFile, IgnoreRules } from './ignoreRules';
import { breathing } from './search/breath';
import { watchFiles } from './watching';

/** Ignore files that are read at the most, in one folder of the workspace. */
const MOST_FILES = 500;
const DEPENDENCIES = '**/{node_modules,.git,.hg,.svn,vendor,.venv}/**';

export class Allowed implements vscode.Disposable {
  /** By the URI of a workspace folder. */
  readonly #rules = new Map<string, Promise<IgnoreRules>>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** The rules have changed: what was allowed may not be any more. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription = watchFiles('**/.gitignore', () => this.#forget());

  async of(uris: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
    const open = uris.filter(({ path }) => !isSecretFile(path));
    const known = await askGit(open);
    const breathe = breathing(new AbortController().signal);
    const allowed: vscode.Uri[] = [];
    for (const uri of open) {
      const isIgnored = known.get(uri.toString()) || (await this.#isIgnoredByFiles(uri));
      if (!isIgnored) allowed.push(uri);
      await breathe();
    }
    return allowed;
  }

  async has(uri: vscode.Uri): Promise<boolean> {
    return (await this.of([uri])).length > 0;
  }

  async #isIgnoredByFiles(uri: vscode.Uri): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined) return false;
    const key = folder.uri.toString();
    const rules = this.#rules.get(key) ?? readRules(folder);
    this.#rules.set(key, rules);
    return (await rules).ignores(pathIn(folder, uri));
  }

  #forget(): void {
    this.#rules.clear();
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

async function readRules(folder: vscode.WorkspaceFolder): Promise<IgnoreRules> {
  const pattern = new vscode.RelativePattern(folder, '**/.gitignore');
  const uris = await vscode.workspace.findFiles(pattern, DEPENDENCIES, MOST_FILES);
  const files = uris.map((uri) => {
    const path = pathIn(folder, uri);
    return readRulesFile(uri, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  });
  const ofThisClone = readRulesFile(vscode.Uri.joinPath(folder.uri, '.git/info/exclude'), '');
  return new IgnoreRules((await Promise.all([ofThisClone, ...files])).flat());
}

async function readRulesFile(uri: vscode.Uri, folder: string): Promise<IgnoreFile[]> {
  try {
    return [{ folder, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) }];
  } catch (error) {
    // Deleted meanwhile, or a clone without one.
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}
