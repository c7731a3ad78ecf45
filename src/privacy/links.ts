/**
 * Symbolic links in opened folders. The editor tells that a file is one, and not where it leads: so they are followed on this machine's disk,
 * and lead to an unknown place on another machine's, or in the file system of an extension.
 */
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';

/** Follows the links of many files: folders are looked at once. For one question only, as links change without a word. */
export class Links {
  readonly #folders = new Map<string, Promise<Folder | undefined>>();
  /** Names of the links in each, by URI. */
  readonly #remote = new Map<string, Promise<ReadonlySet<string>>>();
  readonly #roots = Promise.all(
    (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === 'file')
      .map(async ({ uri }) => ({ uri, real: await real(uri.fsPath) })),
  );

  /** Where a file leads; `outside` all opened folders, or nobody knows where; undefined where no link is on the way. */
  async targetOf(uri: vscode.Uri): Promise<vscode.Uri | 'outside' | undefined> {
    if (uri.scheme !== 'file') return (await this.#isBehindLink(uri)) ? 'outside' : undefined;
    const folder = await this.#folderOf(path.dirname(uri.fsPath));
    if (folder === undefined) return undefined;
    const name = path.basename(uri.fsPath);
    const target = folder.links.has(name) ? await real(uri.fsPath) : path.join(folder.real, name);
    if (target === undefined) return 'outside';
    for (const { uri: root, real: at } of await this.#roots) {
      const inside = at === undefined ? '..' : path.relative(at, target);
      if (inside.startsWith('..') || path.isAbsolute(inside)) continue;
      const found = vscode.Uri.joinPath(root, ...inside.split(path.sep));
      return found.toString() === uri.toString() ? undefined : found;
    }
    return 'outside';
  }

  /** Whether it, or a folder between it and the opened one, is a link. */
  async #isBehindLink(uri: vscode.Uri): Promise<boolean> {
    const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.path;
    for (let at = uri; root !== undefined && at.path.length > root.length; at = vscode.Uri.joinPath(at, '..'))
      if ((await this.#linksIn(vscode.Uri.joinPath(at, '..'))).has(path.posix.basename(at.path))) return true;
    return false;
  }

  #linksIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
    const key = folder.toString();
    const known = this.#remote.get(key) ?? readLinks(folder);
    this.#remote.set(key, known);
    return known;
  }

  #folderOf(folder: string): Promise<Folder | undefined> {
    const known = this.#folders.get(folder) ?? readFolder(folder);
    this.#folders.set(folder, known);
    return known;
  }
}

interface Folder {
  readonly real: string;
  /** Names of the links in it. */
  readonly links: ReadonlySet<string>;
}

async function readLinks(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return new Set(entries.flatMap(([name, type]) => (type & vscode.FileType.SymbolicLink ? [name] : [])));
  } catch (error) {
    // Gone meanwhile, or closed to us: then the file cannot be read either.
    if (error instanceof vscode.FileSystemError) return new Set();
    throw error;
  }
}

async function readFolder(folder: string): Promise<Folder | undefined> {
  const at = await real(folder);
  if (at === undefined) return undefined;
  const entries = await orAbsent(readdir(folder, { withFileTypes: true }));
  const links = (entries ?? []).filter((entry) => entry.isSymbolicLink()).map(({ name }) => name);
  return { real: at, links: new Set(links) };
}

/** Undefined where there is nothing, or the links go in a circle. */
function real(file: string): Promise<string | undefined> {
  return orAbsent(realpath(file));
}

async function orAbsent<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
