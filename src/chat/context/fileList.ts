/** All files that may be context, listed when they are first asked for and kept up with what comes and goes. */
import * as vscode from 'vscode';
import { findEverywhere } from '../../findFiles';
import type { Readable, Withheld } from '../../privacy/readable';
import { expandBraces } from './globs';

export interface ListedFile {
  readonly uri: vscode.Uri;
  /** Relative to its folder; with the folder's name where several are open. */
  readonly name: string;
}

/** Files of larger projects are not listed. */
const MOST = 20_000;
const MOST_RECENT = 50;
/** What people do not write themselves, wherever it lies. */
const FOLDERS = [
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  'dist',
  'build',
  'out',
  'target',
  'vendor',
  '.venv',
  '__pycache__',
];
const IN_FOLDERS = new RegExp(`/(?:${FOLDERS.map((name) => name.replace('.', '\\.')).join('|')})/`);
const NO_TEXT_ENDINGS =
  'png,jpg,jpeg,gif,ico,webp,avif,bmp,pdf,zip,gz,tgz,7z,jar,class,exe,dll,so,dylib,o,a,wasm,gguf,bin,woff,woff2,ttf,otf,mp3,mp4,mov,wav,sqlite,db,pyc,map,vsix'.split(
    ',',
  );
const NO_TEXT = `**/*.{${NO_TEXT_ENDINGS.join()}}`;

export class FileList implements vscode.Disposable {
  #listed: Promise<readonly ListedFile[]> | undefined;
  #withheld: readonly Withheld[] = [];
  #isStale = false;
  /** URIs, the most recently used first. */
  #recent: readonly string[] = vscode.window.visibleTextEditors.map(({ document }) => document.uri.toString());
  #watcher: vscode.FileSystemWatcher | undefined;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  /** A file is another one, or gone. Told once the list has been asked for. */
  readonly onDidChangeFile = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(private readonly allowed: Readable) {
    this.#subscriptions = [
      this.#changed,
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#use(editor.document.uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forget()),
      allowed.onDidChange(() => this.#forget()),
    ];
  }

  /** Those used last first. A list that may have changed is answered once more as it was while it is made anew. */
  async all(): Promise<readonly ListedFile[]> {
    this.#watch();
    const before = this.#listed;
    if (before !== undefined && this.#isStale) void this.#refresh(before);
    this.#isStale = false;
    if (before !== undefined) return this.#recentFirst(await before);
    const now = this.#list();
    this.#listed = now;
    // A list that failed is made again.
    now.catch(() => this.#forget());
    return this.#recentFirst(await now);
  }

  /** Those of the last list that may not be context. */
  get withheld(): readonly Withheld[] {
    return this.#withheld;
  }

  async #refresh(before: Promise<readonly ListedFile[]>): Promise<void> {
    const now = this.#list();
    await now;
    if (this.#listed === before) this.#listed = now;
  }

  async #list(): Promise<readonly ListedFile[]> {
    const wanted = { pattern: '**/*', excluded: excluded(), most: MOST, fits: isText, skipped: FOLDERS };
    const { readable, withheld } = await this.allowed.sort(await findEverywhere(wanted));
    this.#withheld = withheld;
    return readable.map((uri) => ({ uri, name: vscode.workspace.asRelativePath(uri) })).toSorted(byDepth);
  }

  #recentFirst(files: readonly ListedFile[]): readonly ListedFile[] {
    const recent = new Set(this.#recent);
    const first = new Map<string, ListedFile>();
    const others: ListedFile[] = [];
    for (const file of files) {
      const key = file.uri.toString();
      if (recent.has(key)) first.set(key, file);
      else others.push(file);
    }
    return [...this.#recent.flatMap((key) => first.get(key) ?? []), ...others];
  }

  #use(uri: vscode.Uri): void {
    const key = uri.toString();
    this.#recent = [key, ...this.#recent.filter((other) => other !== key)].slice(0, MOST_RECENT);
  }

  #watch(): void {
    if (this.#watcher !== undefined) return;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const heed = (uri: vscode.Uri, isStale: boolean): void => {
      if (IN_FOLDERS.test(uri.path)) return;
      this.#isStale ||= isStale;
      this.#changed.fire(uri);
    };
    this.#subscriptions.push(
      watcher,
      watcher.onDidChange((uri) => heed(uri, false)),
      watcher.onDidCreate((uri) => heed(uri, true)),
      watcher.onDidDelete((uri) => heed(uri, true)),
    );
    this.#watcher = watcher;
  }

  #forget(): void {
    this.#listed = undefined;
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}

/** By its name, as `NO_TEXT` has it. */
function isText(path: string): boolean {
  return !NO_TEXT_ENDINGS.includes(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}

/** What the person's settings leave out of searches, and what is never looked for. The editor adds `files.exclude`. */
function excluded(): string {
  const settings = vscode.workspace.getConfiguration('search').get<Readonly<Record<string, unknown>>>('exclude') ?? {};
  const patterns = Object.entries(settings).flatMap(([pattern, value]) =>
    value === true ? expandBraces(pattern) : [],
  );
  const ours = [...FOLDERS.map((name) => `**/${name}/**`), ...expandBraces(NO_TEXT)];
  return `{${[...new Set([...patterns, ...ours])].join(',')}}`;
}

/** The nearest to the top first: they say most about a project. */
function byDepth(a: ListedFile, b: ListedFile): number {
  const depth = a.name.split('/').length - b.name.split('/').length;
  return depth !== 0 ? depth : a.name < b.name ? -1 : 1;
}
