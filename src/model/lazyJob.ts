/** A job whose process is started when it is first asked: chat and edits, or search. It has a model of its own, shares one, or has none. */
import * as vscode from 'vscode';
import type { ModelFile } from '../client/modelFile';
import type { ClientStatus, ServerProcess } from '../client/serverProcess';
import { hasFailed, inUse } from './outcome';

export interface LazyJobParts {
  /** Makes a process, not started yet. */
  readonly create: (modelFile: ModelFile) => ServerProcess;
  /** One that may have the same model, and then does this job as well. */
  readonly shared?: ServerProcess;
}

/** A model that the settings name. */
export interface Chosen extends ModelFile {
  /** Whether its file is on this machine. */
  readonly isHere: boolean;
}

export class LazyJob implements vscode.Disposable {
  #process: ServerProcess | undefined;
  #chosen: Chosen | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  /** The model, or what it is doing, has changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscription: vscode.Disposable | undefined;

  constructor(private readonly parts: LazyJobParts) {
    this.#subscription = parts.shared?.onDidChangeStatus(() => this.#chosen && this.#changed.fire());
  }

  /** The process of its own, if it has been started. */
  get process(): ServerProcess | undefined {
    return this.#process;
  }

  /** The model and what it is doing; undefined when none is chosen. One that was not started yet is asleep. */
  get model(): { readonly name: string; readonly status: ClientStatus } | undefined {
    const chosen = this.#chosen;
    const process = this.#process ?? (this.#isShared(chosen) ? this.parts.shared : undefined);
    if (process !== undefined) return { name: process.model.model.name, status: process.status };
    if (chosen === undefined) return undefined;
    const { name } = chosen.model;
    const status: ClientStatus = chosen.isHere
      ? { state: 'asleep', model: name }
      : { state: 'failed', model: name, code: 'modelMissing', detail: chosen.file };
    return { name, status };
  }

  /** The process, started if it is not yet; undefined when no model is chosen that is on this machine. */
  async start(chosen: Chosen | undefined): Promise<ServerProcess | undefined> {
    this.note(chosen);
    // One that is there all the same is being given the job: the settings will name it as soon as it is loaded.
    if (!chosen?.isHere) return this.#process;
    if (this.#isShared(chosen)) return this.parts.shared;
    if (this.#process !== undefined) return this.#process;
    const process = this.#create(chosen);
    await process.restart();
    return process;
  }

  /** See `Jobs.give`. */
  async give(modelFile: ModelFile): Promise<ClientStatus | undefined> {
    if (this.#isShared(modelFile)) {
      await this.drop();
      return this.parts.shared?.settled();
    }
    if (this.#process !== undefined) return this.#process.switchTo(modelFile);
    const process = this.#create(modelFile);
    const isCurrent = (): boolean => this.#process === process && process.model === modelFile;
    await process.restart();
    const outcome = await process.settled();
    if (!isCurrent()) return undefined;
    if (hasFailed(outcome)) await this.drop();
    return outcome;
  }

  /**
   * The settings name another model.
   *
   * @returns the status with which it failed to load, and what was in use before; undefined when all is well
   */
  async follow(chosen: Chosen | undefined) {
    this.note(chosen);
    const process = this.#process;
    if (!chosen?.isHere || this.#isShared(chosen)) await this.drop();
    else if (process !== undefined && chosen.model.id !== process.model.model.id) {
      const before = inUse(process);
      const outcome = await process.switchTo(chosen);
      if (outcome !== undefined && hasFailed(outcome)) return { outcome, before };
    }
    return undefined;
  }

  /** Remembers what the settings name. */
  note(chosen: Chosen | undefined): void {
    this.#chosen = chosen;
    this.#changed.fire();
  }

  /** One process does both jobs where they have the same model. */
  async share(): Promise<void> {
    if (this.#isShared(this.#process?.model)) await this.drop();
  }

  /** Ends the process of its own: its model is not needed any more. */
  async drop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    this.#changed.fire();
    await process?.stop();
    await process?.dispose();
  }

  #create(modelFile: ModelFile): ServerProcess {
    const process = this.parts.create(modelFile);
    this.#process = process;
    process.onDidChangeStatus(() => this.#changed.fire());
    this.#changed.fire();
    return process;
  }

  #isShared(modelFile: ModelFile | undefined): boolean {
    return modelFile !== undefined && modelFile.model.id === this.parts.shared?.model.model.id;
  }

  async dispose(): Promise<void> {
    this.#subscription?.dispose();
    await this.#process?.dispose();
    this.#changed.dispose();
  }
}
