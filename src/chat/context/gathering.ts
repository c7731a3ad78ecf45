/** Reads all that a question names, and what its slash command takes by itself. */
import * as vscode from 'vscode';
import type { Readable } from '../../privacy/readable';
import { closedSentence } from '../../privacy/sentences';
import type { Ask, Attachment, Gathered } from '../question';
import { readChanges } from './changes';
import { type ChatCommand, COMMANDS, promptOf } from './commands';
import { readFile } from './file';
import type { FileList } from './fileList';
import { readFolder } from './folder';
import type { Implicit } from './implicit';
import { type Found, found, itemOf, missing, together, withoutRepeats } from './kinds';
import { type Mention, mentionsIn, slashCommandIn, withWords } from './mentions';
import { withLines } from './paths';
import { nameOf, noPlaceSentence, placeOf } from './places';
import { problemsIn, readProblems, type Where } from './problems';
import { fillPrompt, type PromptFile, wants } from './promptFile';
import type { PromptFiles } from './promptFiles';
import type { ProjectSearch } from './search/projectSearch';
import { readSymbol } from './symbol';
import { readTerminal } from './terminal';

export interface GatheringParts {
  readonly files: FileList;
  readonly allowed: Readable;
  readonly search: ProjectSearch;
  readonly implicit: Implicit;
  readonly prompts: PromptFiles;
}

/** What the person wrote: the words for the model, and what they name. */
interface Written {
  readonly said: string;
  readonly mentions: readonly Mention[];
}

export class Gathering {
  constructor(private readonly parts: GatheringParts) {}

  /** @throws the signal's reason */
  async gather(ask: Ask, signal: AbortSignal): Promise<Gathered> {
    const slash = slashCommandIn(ask.text);
    const own = slash && (await this.parts.prompts.named(slash.name));
    if (slash && own) return await this.#byPromptFile(own, slash.input, ask.attachments, signal);
    const command = slash && COMMANDS.find(({ name }) => name === slash.name.toLowerCase());
    if (slash && command) return await this.#byCommand(command, slash.input, ask.attachments, signal);
    const written = read(ask.text);
    const all = await this.#named(written, ask.attachments, signal);
    return answer(written.said === '' ? ask.text.trim() : written.said, all);
  }

  async #byCommand(
    command: ChatCommand,
    input: string,
    attachments: readonly Attachment[],
    signal: AbortSignal,
  ): Promise<Gathered> {
    const written = read(input);
    const text = promptOf(command, written.said);
    if (command.takes === 'staged') {
      const others = attachments.filter(({ id }) => id !== 'selection' && id !== 'visible');
      const all = await Promise.all([
        readChanges(true, this.parts.allowed, signal),
        this.#named(written, others, signal),
      ]);
      return answer(text, together(all));
    }
    // The code in sight is there by itself: it says nothing on what is to be reviewed.
    const chosen = attachments.filter(({ id }) => id !== 'visible');
    if (command.takes === 'changes' && chosen.length === 0 && written.mentions.length === 0) {
      const changes = await readChanges(false, this.parts.allowed, signal);
      if (changes.items.length > 0 || attachments.length === 0) return answer(text, changes);
    }
    const implicit = this.parts.implicit.current;
    const isBare = attachments.length === 0 && input === '' && implicit !== undefined;
    const about = isBare ? [implicit] : attachments;
    const all = await this.#named(written, about, signal);
    const problems = command.takes === 'problems' ? await problemsIn(await this.#places(about, written)) : found();
    const isEmpty = all.items.length === 0 && all.missing.length === 0 && input === '';
    const nothing = vscode.l10n.t('There is no code to work on. Open a file or select some code.');
    return answer(text, together([all, problems, isEmpty ? missing(nothing) : found()]));
  }

  async #byPromptFile(
    { body }: PromptFile,
    input: string,
    attachments: readonly Attachment[],
    signal: AbortSignal,
  ): Promise<Gathered> {
    const written = read(input);
    const inBody = read(body);
    const { selection, current } = this.parts.implicit;
    const uri = current?.subject.kind === 'file' ? vscode.Uri.parse(current.subject.uri) : undefined;
    const all = await Promise.all([
      this.#named(written, attachments, signal),
      // A file of the project has named them, and not the person.
      this.#mentioned(inBody.mentions, false, written.said, signal),
      wants(body, 'selection') ? this.#selection(signal) : found(),
      wants(body, 'file') && uri ? this.#file(uri) : found(),
    ]);
    const file = uri && nameOf(uri);
    return answer(
      fillPrompt(inBody.said, { selection: selection && nameIn(selection), file, input: written.said }),
      together(all),
    );
  }

  async #named({ said, mentions }: Written, attachments: readonly Attachment[], signal: AbortSignal): Promise<Found> {
    const attached = await Promise.all(attachments.map((each) => this.#attached(each, signal)));
    return together([...attached, await this.#mentioned(mentions, true, said, signal)]);
  }

  async #attached({ id, subject }: Attachment, signal: AbortSignal): Promise<Found> {
    if (subject.kind === 'folder') return await readFolder(vscode.Uri.parse(subject.uri), this.parts.files, signal);
    const implicit = id === 'selection' || id === 'visible' ? id : undefined;
    if (subject.kind === 'file') return await this.#file(vscode.Uri.parse(subject.uri), subject.lines, implicit);
    const { title, text, languageId } = subject;
    const item = itemOf(implicit ?? 'selection', { name: title, text, languageId });
    return found({ ...item, id: `text:${id}:${title}` });
  }

  async #mentioned(mentions: readonly Mention[], byPerson: boolean, said: string, signal: AbortSignal): Promise<Found> {
    return together(await Promise.all(mentions.map((each) => this.#mention(each, byPerson, said, signal))));
  }

  async #mention({ kind, name, lines }: Mention, byPerson: boolean, said: string, signal: AbortSignal): Promise<Found> {
    switch (kind) {
      case 'file':
      case 'folder':
        return await this.#place(name, kind, lines, byPerson, signal);
      case 'symbol':
        return await readSymbol(name, this.parts, signal);
      case 'problems':
        return await readProblems(this.parts.allowed);
      case 'terminal':
        return await readTerminal();
      case 'changes':
        return await readChanges(false, this.parts.allowed, signal);
      case 'workspace':
        return await this.parts.search.read(said, signal);
      case 'selection':
        return await this.#selection(signal);
    }
  }

  async #place(
    name: string,
    kind: 'file' | 'folder',
    lines: Mention['lines'],
    byPerson: boolean,
    signal: AbortSignal,
  ): Promise<Found> {
    const uri = await placeOf(name, kind, this.parts.files);
    if (typeof uri === 'string') return missing(noPlaceSentence(name, uri));
    if (kind === 'folder') return await readFolder(uri, this.parts.files, signal);
    if (byPerson || (await this.parts.allowed.has(uri))) return await this.#file(uri, lines);
    return missing(vscode.l10n.t('{0} is ignored or usually holds secrets. Name it in your question to use it.', name));
  }

  /** One that a person has named. Not even that opens what a `.minnowignore` names. */
  async #file(uri: vscode.Uri, lines?: Mention['lines'], kind?: 'selection' | 'visible'): Promise<Found> {
    if (await this.parts.allowed.isClosed(uri)) return missing(closedSentence(nameOf(uri)));
    return await readFile(uri, lines, kind);
  }

  async #selection(signal: AbortSignal): Promise<Found> {
    const { selection } = this.parts.implicit;
    if (selection !== undefined) return await this.#attached(selection, signal);
    return missing(
      vscode.l10n.t('Nothing is selected that can be shown. Select some code, or name the file with @file.'),
    );
  }

  /** The files that a question is about, for what the editor has found wrong there. */
  async #places(attachments: readonly Attachment[], { mentions }: Written): Promise<Where[]> {
    const attached = attachments.flatMap(({ subject }) =>
      subject.kind === 'file' ? [{ uri: vscode.Uri.parse(subject.uri), lines: subject.lines }] : [],
    );
    const files = mentions.filter(({ kind }) => kind === 'file');
    const named = await Promise.all(
      files.map(async ({ name, lines }) => {
        const uri = await placeOf(name, 'file', this.parts.files);
        return typeof uri === 'string' ? [] : [{ uri, lines }];
      }),
    );
    return [...attached, ...named.flat()];
  }
}

function read(text: string): Written {
  const mentions = mentionsIn(text);
  return { said: withWords(text, mentions), mentions };
}

function nameIn({ subject }: Attachment): string {
  if (subject.kind === 'text') return subject.title;
  const name = nameOf(vscode.Uri.parse(subject.uri));
  return subject.kind === 'file' ? withLines(name, subject.lines) : name;
}

function answer(text: string, { items, missing }: Found): Gathered {
  return { text, items: withoutRepeats(items), missing: [...new Set(missing)] };
}
