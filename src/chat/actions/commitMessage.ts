/** "Write Commit Message" in the title of source control: the model writes into the box of that repository while the person looks on. */
import * as vscode from 'vscode';
import type { ChatProgress } from '../../../server/chatProtocol';
import { type ChatClient, ChatError } from '../../client/chatClient';
import { type GitRepository, noRepositorySentence } from '../../git';
import type { Readable } from '../../privacy/readable';
import { leftOutSentences } from '../../privacy/sentences';
import { requireTrust } from '../../trust';
import { type Refusal, refusalOf } from '../native/sentences';
import { type Change, fitChanges } from './changes';
import { CommitBox, type Left } from './commitBox';
import { commitParams, roomForChanges, SUBJECTS, subjectsOf } from './commitPrompt';
import { commitText } from './commitText';
import { readChanges } from './readChanges';
import { repositoryFor } from './repository';

export interface CommitParts {
  readonly chat: ChatClient;
  readonly log: vscode.LogOutputChannel;
  readonly readable: Readable;
}

/** Until the model has told its own, in tokens. */
const USUAL_CONTEXT = 4_096;
/** The box is written at most every so many milliseconds. */
const FRAME_MS = 50;

export function registerCommitMessage(parts: CommitParts): vscode.Disposable {
  const writer = new CommitWriter(parts);
  return vscode.Disposable.from(
    writer,
    vscode.commands.registerCommand('minnow.chat.commitMessage', (given: unknown) => writer.start(given)),
    vscode.commands.registerCommand('minnow.chat.stopCommitMessage', () => writer.stop()),
  );
}

class CommitWriter implements vscode.Disposable {
  #running: AbortController | undefined;
  /** By repository. */
  readonly #left = new Map<string, Left>();

  constructor(private readonly parts: CommitParts) {}

  /** One at a time: while one goes on, this stops it. @param given the source control whose button was pressed, where one was */
  async start(given: unknown): Promise<void> {
    if (this.#running) return this.stop();
    const controller = new AbortController();
    this.#running = controller;
    const unlock = lock(given);
    try {
      await setRunning(true);
      const repository = await repositoryFor(rootOf(given));
      if (repository) await this.#withProgress(repository, controller);
      else say(noRepositorySentence(vscode.l10n.t('There is no Git repository here. Open a folder that has one.')));
    } finally {
      this.#running = undefined;
      unlock();
      await setRunning(false);
    }
  }

  stop(): void {
    this.#running?.abort();
  }

  dispose(): void {
    this.stop();
  }

  async #withProgress(repository: GitRepository, controller: AbortController): Promise<void> {
    const { chat } = this.parts;
    const options = {
      location: vscode.ProgressLocation.SourceControl,
      title: vscode.l10n.t('Writing the commit message'),
    };
    try {
      requireTrust();
      if (chat.model === undefined) throw new ChatError('none');
      await vscode.window.withProgress(options, () => this.#write(repository, controller));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.code !== 'stopped' && !controller.signal.aborted) await showRefusal(refusalOf(error.code, chat.model));
    }
  }

  async #write(repository: GitRepository, controller: AbortController): Promise<void> {
    const { signal } = controller;
    const read = await this.#read(repository, signal);
    if (read === undefined || signal.aborted) return;
    if (read.changes.length === 0) return say(vscode.l10n.t('Nothing has changed. Change or stage something first.'));
    const { status } = this.parts.chat.model ?? {};
    const room = roomForChanges(status?.state === 'ready' ? status.contextSize : USUAL_CONTEXT);
    const params = commitParams(fitChanges(read.changes, room), read.subjects, repository.state.HEAD?.name ?? '');
    const root = repository.rootUri.toString();
    const box = new CommitBox(repository.inputBox, this.#left.get(root));
    const stream = new Stream(box, controller);
    try {
      await this.parts.chat.ask(params, (progress) => stream.take(progress), signal);
    } catch (error) {
      box.putBack();
      throw error;
    }
    if (stream.end()) {
      this.#left.set(root, box.left);
      sayLeftOut(read.changes);
    } else if (!signal.aborted) say(vscode.l10n.t('The model found no words for these changes. Try again.'));
  }

  /** Undefined, and said, when git fails. */
  async #read(
    repository: GitRepository,
    signal: AbortSignal,
  ): Promise<{ readonly changes: readonly Change[]; readonly subjects: readonly string[] } | undefined> {
    try {
      const changes = await readChanges(repository, this.parts.readable, signal);
      // Where nothing was committed yet git has no log, and says so by failing.
      const isNew = repository.state.HEAD?.commit === undefined;
      const log = isNew ? [] : await repository.log({ maxEntries: 2 * SUBJECTS });
      return { changes, subjects: subjectsOf(log.map(({ message }) => message)).slice(0, SUBJECTS) };
    } catch (error) {
      // Git's own failures: a lock that is held, a damaged index.
      this.parts.log.error(`Git did not tell the changes: ${String(error)}`);
      say(vscode.l10n.t('Git could not tell what has changed. Try again, or look at the output of Git.'));
      return undefined;
    }
  }
}

/** Words of the model on their way into the box. */
class Stream {
  #written = '';
  #at = 0;

  constructor(
    private readonly box: CommitBox,
    private readonly controller: AbortController,
  ) {}

  /** Who types into the box wants to write it alone. */
  take(progress: ChatProgress): void {
    if (progress.kind !== 'text') return;
    this.#written += progress.text;
    if (performance.now() - this.#at < FRAME_MS) return;
    this.#at = performance.now();
    if (!this.box.write(commitText(this.#written, false))) this.controller.abort();
  }

  /** @returns whether there is a message in the box now */
  end(): boolean {
    const text = commitText(this.#written, true);
    if (text !== '') return this.box.write(text);
    this.box.putBack();
    return false;
  }
}

/**
 * Nobody can type into the box while it is written: a letter that meets a word of ours on its way would be lost. From the palette there is
 * nothing to lock; who types then stops the writing.
 */
function lock(given: unknown): () => void {
  if (!isSourceControl(given)) return () => undefined;
  const { inputBox } = given;
  inputBox.enabled = false;
  return () => {
    inputBox.enabled = true;
  };
}

function rootOf(given: unknown): vscode.Uri | undefined {
  return isSourceControl(given) ? given.rootUri : undefined;
}

function isSourceControl(given: unknown): given is Pick<vscode.SourceControl, 'rootUri' | 'inputBox'> {
  if (typeof given !== 'object' || given === null || !('rootUri' in given && 'inputBox' in given)) return false;
  return given.rootUri instanceof vscode.Uri && typeof given.inputBox === 'object' && given.inputBox !== null;
}

async function setRunning(isRunning: boolean): Promise<void> {
  await vscode.commands.executeCommand('setContext', 'minnow.writingCommitMessage', isRunning);
}

async function showRefusal({ sentence, action }: Refusal): Promise<void> {
  const actions = action ? [action.title] : [];
  const chosen = await vscode.window.showErrorMessage(`Minnow: ${sentence}`, ...actions);
  if (action && chosen === action.title) await vscode.commands.executeCommand(action.command);
}

/** Their names stand in the prompt, and nothing of what is in them. */
function sayLeftOut(changes: readonly Change[]): void {
  const left = changes.flatMap(({ path, reason }) => (reason === undefined ? [] : [{ name: path, reason }]));
  for (const sentence of leftOutSentences(left)) say(sentence);
}

function say(sentence: string): void {
  void vscode.window.showInformationMessage(`Minnow: ${sentence}`);
}
