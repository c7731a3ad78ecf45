/**
 * The one door for files that nobody named: what may enter a prompt, and why not. Git and the ignore files are both asked: git knows rules
 * that lie elsewhere, but is not always there and not always heard. A file that git tracks though a rule ignores it counts as ignored here;
 * its name brings it in.
 */
import * as vscode from 'vscode';
import { breathing } from '../breath';
import { type Decision, decide, type FileFacts, type Reason } from './decide';
import { askGit } from './ignored';
import { IgnoreFiles } from './ignoreFiles';
import { Links } from './links';

/** A file that was left out. */
export interface Withheld {
  readonly uri: vscode.Uri;
  readonly reason: Reason;
}

export interface Sorted {
  readonly readable: readonly vscode.Uri[];
  readonly withheld: readonly Withheld[];
}

export class Readable implements vscode.Disposable {
  readonly #git = new IgnoreFiles('.gitignore', ['.git/info/exclude']);
  readonly #minnow = new IgnoreFiles('.minnowignore');
  readonly #changed = new vscode.EventEmitter<void>();
  /** What may be read may not be any more. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription = vscode.Disposable.from(
    this.#git.onDidChange(() => this.#changed.fire()),
    this.#minnow.onDidChange(() => void this.#know()),
  );

  constructor() {
    void this.#know();
  }

  async sort(uris: readonly vscode.Uri[]): Promise<Sorted> {
    const git = await askGit(uris);
    const links = new Links();
    const breathe = breathing(new AbortController().signal);
    const readable: vscode.Uri[] = [];
    const withheld: Withheld[] = [];
    for (const uri of uris) {
      const decision = decide(await this.#factsOf(uri, git.get(uri.toString()) ?? false, links));
      if (decision.mayRead) readable.push(uri);
      else withheld.push({ uri, reason: decision.reason });
      await breathe();
    }
    return { readable, withheld };
  }

  async decide(uri: vscode.Uri): Promise<Decision> {
    const [reason] = (await this.sort([uri])).withheld.map((each) => each.reason);
    return reason === undefined ? { mayRead: true } : { mayRead: false, reason };
  }

  async of(uris: readonly vscode.Uri[]): Promise<readonly vscode.Uri[]> {
    return (await this.sort(uris)).readable;
  }

  async has(uri: vscode.Uri): Promise<boolean> {
    return (await this.decide(uri)).mayRead;
  }

  /** What is withheld of what the person has before them, in an editor or a repository: that may lie anywhere. */
  async withheldOfShown(uris: readonly vscode.Uri[]): Promise<readonly Withheld[]> {
    return (await this.sort(uris)).withheld.filter(({ reason }) => reason !== 'outside' && reason !== 'link');
  }

  async hasShown(uri: vscode.Uri): Promise<boolean> {
    return (await this.withheldOfShown([uri])).length === 0;
  }

  /** Whether a `.minnowignore` names it: then not even its own text is read, whoever asks. */
  async isClosed(uri: vscode.Uri): Promise<boolean> {
    return (await this.#minnow.says(fileOf(uri))) === 'ignored';
  }

  /** The same without waiting; undefined while it is not known yet. */
  isClosedNow(uri: vscode.Uri): boolean | undefined {
    const said = this.#minnow.saysNow(fileOf(uri));
    return said === 'unknown' ? undefined : said === 'ignored';
  }

  async #factsOf(uri: vscode.Uri, isGitIgnored: boolean, links: Links): Promise<FileFacts> {
    const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    const itself = { path: uri.path, isInside, ...(await this.#rulesFor(uri, isGitIgnored)) };
    const target = isInside ? await links.targetOf(uri) : undefined;
    if (target === undefined) return itself;
    if (target === 'outside') return { ...itself, target };
    return { ...itself, target: { path: target.path, ...(await this.#rulesFor(target, false)) } };
  }

  async #rulesFor(uri: vscode.Uri, isGitIgnored: boolean): Promise<Pick<FileFacts, 'minnow' | 'isGitIgnored'>> {
    const file = fileOf(uri);
    return {
      minnow: await this.#minnow.says(file),
      isGitIgnored: isGitIgnored || (await this.#git.says(file)) === 'ignored',
    };
  }

  /** Reads our own rules anew, so that they are known when somebody types. */
  async #know(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    // A folder that cannot be searched just now is asked about again with the next key.
    await Promise.allSettled(folders.map(({ uri }) => this.#minnow.says(vscode.Uri.joinPath(uri, 'file'))));
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#git.dispose();
    this.#minnow.dispose();
    this.#changed.dispose();
  }
}

/** A cell lies in its notebook's file. */
function fileOf(uri: vscode.Uri): vscode.Uri {
  if (uri.scheme !== 'vscode-notebook-cell') return uri;
  const holds = (each: vscode.NotebookDocument): boolean =>
    each.getCells().some(({ document }) => document.uri.toString() === uri.toString());
  return vscode.workspace.notebookDocuments.find(holds)?.uri ?? uri;
}
