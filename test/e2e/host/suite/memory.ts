/** A file system in memory, as an extension may bring one. The editor cannot search in it. */
import * as vscode from 'vscode';

export class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  /** Paths of those that are links. */
  readonly #links = new Set<string>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  set(path: string, text: string): void {
    this.writeFile(vscode.Uri.from({ scheme: 'memfs', path }), new TextEncoder().encode(text));
  }

  /** A link to what nobody can tell. */
  link(path: string, text: string): void {
    this.#links.add(path);
    this.set(path, text);
  }

  text(path: string): string {
    return new TextDecoder().decode(this.#files.get(path));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const size = this.#files.get(uri.path)?.length;
    const times = { ctime: 0, mtime: 0 };
    if (size !== undefined) return { type: this.#typeOf(uri.path), size, ...times };
    if (this.readDirectory(uri).length === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, size: 0, ...times };
  }

  readDirectory({ path }: vscode.Uri): [string, vscode.FileType][] {
    const folder = path.endsWith('/') ? path : `${path}/`;
    const below = [...this.#files.keys()].filter((file) => file.startsWith(folder));
    const names = new Map(
      below.map((file) => {
        const [name = '', ...rest] = file.slice(folder.length).split('/');
        return [name, rest.length > 0 ? vscode.FileType.Directory : this.#typeOf(file)];
      }),
    );
    return [...names];
  }

  #typeOf(path: string): vscode.FileType {
    return this.#links.has(path) ? vscode.FileType.File | vscode.FileType.SymbolicLink : vscode.FileType.File;
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const bytes = this.#files.get(uri.path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  }

  writeFile(uri: vscode.Uri, bytes: Uint8Array): void {
    const type = this.#files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    this.#files.set(uri.path, bytes);
    this.#changed.fire([{ type, uri }]);
  }

  createDirectory(): void {
    // Folders are there where files are.
  }

  delete(uri: vscode.Uri): void {
    this.#files.delete(uri.path);
    this.#changed.fire([{ type: vscode.FileChangeType.Deleted, uri }]);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions('Nothing is renamed here.');
  }
}
