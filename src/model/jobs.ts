/** Which model does which job, and how that is changed. Completion always has one; chat and edits have theirs, share it, or have none. */
import type * as vscode from 'vscode';
import type { Model } from '../../models/catalog';
import type { ModelFile } from '../client/modelFile';
import type { ClientStatus, ServerProcess } from '../client/serverProcess';
import { showSwitchFailure } from '../errors';
import { type SettingsSource, writeSetting } from '../settings';
import type { Known, Library } from './library';

export const JOBS = ['completion', 'chat'] as const;
export type Job = (typeof JOBS)[number];

export interface JobsParts {
  readonly library: Library;
  readonly settings: SettingsSource;
  /** The process that completes. */
  readonly completion: ServerProcess;
  /** Makes a process, not started yet, for a model that chats. */
  readonly createChat: (modelFile: ModelFile) => ServerProcess;
  /** Whether both fit into memory at the same time. */
  readonly fitTogether: (a: ModelFile, b: ModelFile) => boolean;
}

/** `absent`: not on this machine. `failed`: did not load when the editor was started. */
export interface Missed {
  /** As people know it; what the settings say where nothing is known of it. */
  readonly name: string;
  readonly why: 'absent' | 'failed';
}

export class Jobs implements vscode.Disposable {
  #chat: ServerProcess | undefined;
  readonly #missed = new Map<Job, Missed>();
  readonly #subscription: vscode.Disposable;

  constructor(private readonly parts: JobsParts) {
    this.#subscription = parts.settings.onDidChange(({ before, now }) => {
      if (before.model.completion !== now.model.completion) void this.#follow('completion');
      if (before.model.chat !== now.model.chat) void this.#follow('chat');
      const isOther = ({ id }: Model): boolean => before.model.adapters[id] !== now.model.adapters[id];
      if (isOther(parts.completion.model.model)) void parts.completion.restart();
      const { model } = this.#chat?.model ?? {};
      const isOtherEngine = JSON.stringify(before.engine) !== JSON.stringify(now.engine);
      if (model && (isOtherEngine || isOther(model))) void this.#chat?.restart();
    });
  }

  /** The model that was chosen for a job and does not do it. */
  missed(job: Job): Missed | undefined {
    return this.#missed.get(job);
  }

  /** The process of a job, if it has one. */
  processOf(job: Job): ServerProcess | undefined {
    return job === 'completion' ? this.parts.completion : this.#chat;
  }

  /** Identifier of the model that does a job, or will when it is asked to: the process for chat is started when it is needed. */
  holderOf(job: Job): string | undefined {
    const { completion, settings } = this.parts;
    if (job === 'completion') return completion.model.model.id;
    return this.#chat?.model.model.id ?? (settings.current.model.chat || undefined);
  }

  /** Starts all that runs again, with what is there now. */
  async restart(): Promise<void> {
    await Promise.all([this.parts.completion.restart(), this.#chat?.restart()]);
  }

  /** Starts completion with the model that was chosen last, or with the packaged one where that does not load. */
  async start(): Promise<void> {
    const { completion, library } = this.parts;
    const chosen = (await this.#chosen('completion')) ?? library.packaged;
    await completion.restart(chosen);
    if (!hasFailed(await completion.settled()) || completion.model !== chosen) return;
    if (chosen.model.id === library.packaged.model.id) return;
    this.#missed.set('completion', { name: chosen.model.name, why: 'failed' });
    await completion.restart(library.packaged);
  }

  /**
   * The process of the model for chat, started if it is not yet; undefined when none is chosen. Where completion runs the same model it is
   * the same process.
   */
  async chat(): Promise<ServerProcess | undefined> {
    const chosen = await this.#chosen('chat');
    if (chosen === undefined) return undefined;
    if (chosen.model.id === this.parts.completion.model.model.id) return this.parts.completion;
    if (this.#chat === undefined) {
      this.#chat = this.parts.createChat(chosen);
      this.#takeTurns(this.#chat);
      await this.#chat.restart();
    }
    return this.#chat;
  }

  /**
   * Gives a job to a model that is on this machine, and remembers it. When the model does not load, the job stays with the one before.
   *
   * @returns the status with which the model came up, or failed to; undefined when the job was given to another one meanwhile
   */
  async give(job: Job, known: Known): Promise<ClientStatus | undefined> {
    const modelFile = { model: known.model, file: known.file };
    const outcome =
      job === 'completion' ? await this.parts.completion.switchTo(modelFile) : await this.#giveChat(modelFile);
    if (outcome === undefined || hasFailed(outcome)) return outcome;
    this.#missed.delete(job);
    await this.#share();
    const { library } = this.parts;
    const isDefault = job === 'completion' && modelFile.model.id === library.packaged.model.id;
    await writeSetting(`model.${job}`, isDefault ? undefined : modelFile.model.id);
    return outcome;
  }

  async #giveChat(modelFile: ModelFile): Promise<ClientStatus | undefined> {
    const { completion, createChat } = this.parts;
    if (modelFile.model.id === completion.model.model.id) {
      await this.#dropChat();
      return completion.settled();
    }
    if (this.#chat !== undefined) return this.#chat.switchTo(modelFile);
    const chat = createChat(modelFile);
    this.#chat = chat;
    this.#takeTurns(chat);
    await chat.restart();
    const outcome = await chat.settled();
    if (this.#chat !== chat || chat.model !== modelFile) return undefined;
    if (hasFailed(outcome)) await this.#dropChat();
    return outcome;
  }

  /** One process does both jobs where they have the same model. */
  async #share(): Promise<void> {
    if (this.#chat?.model.model.id === this.parts.completion.model.model.id) await this.#dropChat();
  }

  async #dropChat(): Promise<void> {
    const chat = this.#chat;
    this.#chat = undefined;
    await chat?.dispose();
  }

  /** What the settings name, if it is on this machine. */
  async #chosen(job: Job): Promise<ModelFile | undefined> {
    const { library, settings } = this.parts;
    const id = settings.current.model[job];
    const known = id === '' ? undefined : await library.find(id);
    if (id !== '' && !known?.isHere) this.#missed.set(job, { name: known?.model.name ?? id, why: 'absent' });
    else this.#missed.delete(job);
    return known?.isHere ? { model: known.model, file: known.file } : undefined;
  }

  /** The settings were changed: by `give`, and then this runs already, or by hand. */
  async #follow(job: Job): Promise<void> {
    const { completion, library } = this.parts;
    const chosen = await this.#chosen(job);
    if (job === 'completion') {
      const wished = chosen ?? library.packaged;
      if (wished.model.id !== completion.model.model.id) await this.#switch(completion, wished);
      await this.#share();
    } else if (chosen === undefined || chosen.model.id === completion.model.model.id) await this.#dropChat();
    else if (this.#chat && chosen.model.id !== this.#chat.model.model.id) await this.#switch(this.#chat, chosen);
  }

  async #switch(process: ServerProcess, wished: ModelFile): Promise<void> {
    const before = inUse(process);
    const outcome = await process.switchTo(wished);
    if (outcome !== undefined && hasFailed(outcome)) await showSwitchFailure(wished.model, outcome, before);
  }

  /** Where memory is short, the one that begins to load sends the other to sleep. */
  #takeTurns(chat: ServerProcess): void {
    const { completion, fitTogether } = this.parts;
    const yieldTo = (awake: ServerProcess, other: ServerProcess) => async (status: ClientStatus) => {
      if (status.state !== 'loading' || status.percent > 0 || other.status.state !== 'ready') return;
      if (!fitTogether(awake.model, other.model)) await other.sleep();
    };
    chat.onDidChangeStatus(yieldTo(chat, completion));
    completion.onDidChangeStatus(yieldTo(completion, chat));
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    await this.#dropChat();
  }
}

/** Whether a model did not come up. */
export function hasFailed({ state }: ClientStatus): boolean {
  return state === 'failed' || state === 'stopped';
}

/** The model that a process goes on with when another one does not load; undefined where none has run, or it runs no more. */
export function inUse(process: ServerProcess | undefined): Model | undefined {
  return process === undefined || hasFailed(process.status) ? undefined : process.worked?.model;
}
