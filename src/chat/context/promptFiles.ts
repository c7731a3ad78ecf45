/** The prompt files of the opened folders, `.minnow/prompts/*.md`. Only where the person trusts the workspace. */
import * as vscode from 'vscode';
import { watchFiles } from '../../watching';
import { type PromptFile, parsePromptFile } from './promptFile';
import { readText } from './readText';

const FOLDER = '.minnow/prompts';
const MOST_FILES = 200;
/** Characters of a prompt. */
const MOST_TEXT = 20_000;

export class PromptFiles implements vscode.Disposable {
  #read: Promise<readonly PromptFile[]> | undefined;
  readonly #subscription = watchFiles(`**/${FOLDER}/*.md`, () => this.#forget());

  /** By name, each once: the first folder counts. */
  async all(): Promise<readonly PromptFile[]> {
    if (!vscode.workspace.isTrusted) return [];
    this.#read ??= readAll();
    return await this.#read;
  }

  async named(name: string): Promise<PromptFile | undefined> {
    return (await this.all()).find((file) => file.name.toLowerCase() === name.toLowerCase());
  }

  #forget(): void {
    this.#read = undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

async function readAll(): Promise<readonly PromptFile[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const files = (await Promise.all(folders.map(({ uri }) => readFolder(vscode.Uri.joinPath(uri, FOLDER))))).flat();
  const first = new Map(files.toReversed().map((file) => [file.name.toLowerCase(), file]));
  return [...first.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function readFolder(folder: vscode.Uri): Promise<PromptFile[]> {
  const names = (await entriesOf(folder)).filter((name) => /^[\p{L}\p{N}_.-]+\.md$/iu.test(name)).slice(0, MOST_FILES);
  const files = await Promise.all(
    names.map(async (name) => {
      const read = await readText(vscode.Uri.joinPath(folder, name));
      return typeof read === 'string' ? [] : [parsePromptFile(name, read.text.slice(0, MOST_TEXT))];
    }),
  );
  return files.flat().filter(({ body }) => body !== '');
}

async function entriesOf(folder: vscode.Uri): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  } catch (error) {
    // Most projects have no such folder.
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}
