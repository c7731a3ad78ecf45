/** The part of chat that knows the project: what questions are about, and what is offered while they are written. */
import * as vscode from 'vscode';
import type { Suggestion } from '../../../media/messages';
import type { Readable } from '../../privacy/readable';
import type { SettingsSource } from '../../settings';
import { requireTrust } from '../../trust';
import type { ChatContext } from '../context';
import type { Ask, Attachment, Gathered, Subject } from '../question';
import { orAborted } from './aborting';
import { attachmentsOf, openSubject } from './attachments';
import { COMMANDS } from './commands';
import { FileList } from './fileList';
import { Gathering } from './gathering';
import { Implicit } from './implicit';
import { readInstructions } from './instructions';
import type { MentionKind } from './kinds';
import { nameOf } from './places';
import { PromptFiles } from './promptFiles';
import { ProjectSearch } from './search/projectSearch';
import type { Embed } from './search/rerank';
import { atQuery, commandRows, fewFileRows, fileRows, folderRows, kindRows, symbolRows } from './suggestions';
import { symbolsNamed } from './symbol';

export interface ContextParts {
  readonly settings: SettingsSource;
  readonly readable: Readable;
  /** Points for texts; undefined when no model for them is chosen. */
  readonly embed: Embed;
}

export class ProjectContext implements ChatContext, vscode.Disposable {
  readonly #files: FileList;
  readonly #implicit: Implicit;
  readonly #prompts = new PromptFiles();
  readonly #search: ProjectSearch;
  readonly #gathering: Gathering;
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeImplicit: vscode.Event<void>;

  constructor(private readonly parts: ContextParts) {
    const { readable: allowed } = parts;
    const files = new FileList(allowed);
    const implicit = new Implicit(allowed);
    const prompts = this.#prompts;
    this.#files = files;
    this.#implicit = implicit;
    this.onDidChangeImplicit = implicit.onDidChange;
    this.#search = new ProjectSearch({ files, allowed, embed: parts.embed });
    this.#gathering = new Gathering({ files, allowed, implicit, prompts, search: this.#search });
    const subscription = parts.settings.onDidChange(({ before, now }) => {
      if (before.model.embedding !== now.model.embedding) this.#search.forgetPoints();
    });
    this.#subscriptions = vscode.Disposable.from(subscription, this.#search, prompts, implicit, files);
  }

  async gather(ask: Ask, signal: AbortSignal): Promise<Gathered> {
    requireTrust();
    return this.#gathering.gather(ask, signal);
  }

  async suggest(kind: '@' | '/', query: string, signal: AbortSignal): Promise<readonly Suggestion[]> {
    if (kind === '/') {
      const own = (await orAborted(this.#prompts.all(), signal)).map(({ name, description }) => ({
        name,
        detail: description === '' ? vscode.l10n.t('Prompt of this project') : description,
        isOwn: true,
      }));
      return commandRows(query, [
        ...own,
        ...COMMANDS.map(({ name }) => ({ name, detail: commandDetail(name), isOwn: false })),
      ]);
    }
    const { kind: named, name } = atQuery(query);
    if (named === 'symbol') return await suggestSymbols(name, this.parts.readable, signal);
    const kinds = named === undefined ? kindRows(query, mentionDetail) : [];
    if (named === undefined && query === '') return kinds;
    const paths = (await orAborted(this.#files.all(), signal)).map((file) => file.name);
    if (named === 'folder') return folderRows(name, paths);
    return named === 'file' ? fileRows(name, paths) : [...kinds, ...fewFileRows(name, paths)];
  }

  instructions(): Promise<string> {
    return readInstructions(this.parts.settings.current.chat.instructions, this.parts.readable);
  }

  implicit(): Attachment | undefined {
    return this.#implicit.current;
  }

  fromUris(uris: readonly string[]): Promise<readonly Attachment[]> {
    return attachmentsOf(uris);
  }

  open(subject: Subject): Promise<void> {
    return openSubject(subject);
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }
}

async function suggestSymbols(query: string, allowed: Readable, signal: AbortSignal): Promise<readonly Suggestion[]> {
  if (query === '') return [];
  const symbols = await symbolsNamed(query, signal);
  const open = new Set((await allowed.of(symbols.map(({ location }) => location.uri))).map(String));
  const shown = symbols.filter(({ location }) => open.has(location.uri.toString()));
  return symbolRows(
    query,
    shown.map(({ name, containerName, location }) => ({ name, container: containerName, path: nameOf(location.uri) })),
  );
}

function mentionDetail(kind: MentionKind): string {
  switch (kind) {
    case 'file':
      return vscode.l10n.t('A file');
    case 'folder':
      return vscode.l10n.t('A folder: its files, and how they begin');
    case 'symbol':
      return vscode.l10n.t('A function, class or other name');
    case 'problems':
      return vscode.l10n.t('What the editor has found wrong');
    case 'terminal':
      return vscode.l10n.t('What is selected in the terminal');
    case 'changes':
      return vscode.l10n.t('What has changed since the last commit');
    case 'workspace':
      return vscode.l10n.t('The parts of the project that fit the question');
    case 'selection':
      return vscode.l10n.t('What is selected in the editor');
  }
}

function commandDetail(name: string): string {
  const details: Readonly<Record<string, string>> = {
    explain: vscode.l10n.t('Explain the code'),
    fix: vscode.l10n.t('Find and fix what is wrong'),
    tests: vscode.l10n.t('Write tests'),
    doc: vscode.l10n.t('Write documentation comments'),
    review: vscode.l10n.t('Review the code'),
    commit: vscode.l10n.t('Write a commit message for the changes'),
  };
  return details[name] ?? '';
}
