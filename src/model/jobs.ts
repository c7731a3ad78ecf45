/**
 * Which model does which job, and how that is changed. Completion always has one; chat and edits have theirs, share it, or have none; search
 * has one or none.
 */
import type * as vscode from 'vscode';
import type { Model } from '../../models/catalog';
import type { ModelFile } from '../client/modelFile';
import type { ClientStatus, ServerProcess } from '../client/serverProcess';
import { showSwitchFailure } from '../errors';
import { type SettingsSource, writeSetting } from '../settings';
import { type Chosen, LazyJob } from './lazyJob';
import type { Known, Library } from './library';
import { hasFailed, inUse } from './outcome';
import { makeRoom, sleepBefore } from './turns';

/** `chat`: chat and edits. `embedding`: search for what belongs to a question. */
export const JOBS = ['completion', 'chat', 'embedding'] as const;
export type Job = (typeof JOBS)[number];
/** Those whose process is started when it is first asked. */
export type OnDemand = Exclude<Job, 'completion'>;

export interface JobsParts {
  readonly library: Library;
  readonly settings: SettingsSource;
  /** The process that completes. */
  readonly completion: ServerProcess;
  /** Makes a process of its own, not started yet, for a job. */
  readonly create: (job: OnDemand, modelFile: ModelFile) => ServerProcess;
  /** Whether models fit into memory at the same time. */
  readonly fitTogether: (...models: readonly ModelFile[]) => boolean;
}

/** `absent`: not on this machine. `failed`: did not load when the editor was started. */
export interface Missed {
  /** As people know it; what the settings say where nothing is known of it. */
  readonly name: string;
  readonly why: 'absent' | 'failed';
}

export class Jobs implements vscode.Disposable {
  readonly #onDemand: Readonly<Record<OnDemand, LazyJob>>;
  readonly #missed = new Map<Job, Missed>();
  #prepared: Promise<void> | undefined;
  #begun: Promise<ServerProcess> | undefined;
  readonly #subscription: vscode.Disposable;

  constructor(private readonly parts: JobsParts) {
    const { completion, settings } = parts;
    this.#onDemand = {
      chat: new LazyJob({ create: (modelFile) => this.#create('chat', modelFile), shared: completion }),
      embedding: new LazyJob({ create: (modelFile) => this.#create('embedding', modelFile) }),
    };
    completion.onDidChangeStatus((status) => {
      this.#loads(completion, status);
      if (status.state === 'failed') void this.#fallBack();
    });
    this.#subscription = settings.onDidChange(({ before, now }) => {
      for (const job of JOBS) if (before.model[job] !== now.model[job]) void this.#follow(job);
      const isOther = ({ id }: Model): boolean => before.model.adapters[id] !== now.model.adapters[id];
      if (isOther(completion.model.model)) void completion.refresh();
      const isOtherEngine = JSON.stringify(before.engine) !== JSON.stringify(now.engine);
      for (const { process } of Object.values(this.#onDemand))
        if (process && (isOtherEngine || isOther(process.model.model))) void process.restart();
    });
  }

  /** The model that was chosen for a job and does not do it. */
  missed(job: Job): Missed | undefined {
    return this.#missed.get(job);
  }

  /** The process of a job, if it has one of its own. */
  processOf(job: Job): ServerProcess | undefined {
    return job === 'completion' ? this.parts.completion : this.#onDemand[job].process;
  }

  /** The model that does a job on demand, and what it is doing; undefined when none is chosen. Does not start it. */
  modelOf(job: OnDemand): LazyJob['model'] {
    return this.#onDemand[job].model;
  }

  /** Tells when `modelOf` has changed. */
  onDidChangeModel(job: OnDemand): vscode.Event<void> {
    return this.#onDemand[job].onDidChange;
  }

  /** Identifier of the model that does a job, or will when it is asked to: a process on demand is started when it is needed. */
  holderOf(job: Job): string | undefined {
    return this.processOf(job)?.model.model.id ?? (this.parts.settings.current.model[job] || undefined);
  }

  /** Starts all that runs again, with what is there now, for all windows; and completion in any case. */
  async restart(): Promise<void> {
    const running = JOBS.flatMap((job) => this.processOf(job) ?? []).filter(({ isStarted }) => isStarted);
    await this.begin();
    await Promise.all(running.map((process) => process.renew()));
  }

  /** Learns which models do the jobs. None is started. */
  prepare(): Promise<void> {
    this.#prepared ??= this.#prepare();
    return this.#prepared;
  }

  async #prepare(): Promise<void> {
    const { completion, library } = this.parts;
    completion.take(here(await this.#chosen('completion')) ?? library.packaged);
    for (const job of ['chat', 'embedding'] as const) this.#onDemand[job].note(await this.#chosen(job));
  }

  /**
   * Starts completion where nobody has needed it yet: with the model that was chosen last, or with the packaged one where that does not
   * load.
   *
   * @returns its process, which may be loading yet
   */
  begin(): Promise<ServerProcess> {
    this.#begun ??= this.#begin();
    return this.#begun;
  }

  async #begin(): Promise<ServerProcess> {
    await this.prepare();
    const { completion } = this.parts;
    // A person may have given it another model meanwhile, which started it.
    if (completion.isStarted) return completion;
    await completion.restart();
    void this.#lookAfter(completion.model);
    return completion;
  }

  async #lookAfter(chosen: ModelFile): Promise<void> {
    const { completion, library } = this.parts;
    if (!hasFailed(await completion.settled()) || completion.model !== chosen) return;
    if (chosen.model.id === library.packaged.model.id) return;
    this.#missed.set('completion', { name: chosen.model.name, why: 'failed' });
    await completion.restart(library.packaged);
  }

  /**
   * The process of the model for a job, started if it is not yet; undefined when none is chosen. Where completion runs the model for chat it
   * is the same process.
   */
  async processFor(job: OnDemand): Promise<ServerProcess | undefined> {
    const process = await this.#onDemand[job].start(await this.#chosen(job));
    return process === this.parts.completion ? this.begin() : process;
  }

  /**
   * Gives a job to a model that is on this machine, and remembers it. When the model does not load, the job stays with the one before.
   *
   * @returns the status with which the model came up, or failed to; undefined when the job was given to another one meanwhile
   */
  async give(job: Job, known: Known): Promise<ClientStatus | undefined> {
    const modelFile = { model: known.model, file: known.file };
    await sleepBefore(this.processOf(job), modelFile, this.parts.fitTogether);
    const outcome =
      job === 'completion'
        ? await this.parts.completion.switchTo(modelFile)
        : await this.#onDemand[job].give(modelFile);
    if (outcome === undefined || hasFailed(outcome)) return outcome;
    this.#missed.delete(job);
    await this.#onDemand.chat.share();
    const { library } = this.parts;
    const isDefault = job === 'completion' && modelFile.model.id === library.packaged.model.id;
    await writeSetting(`model.${job}`, isDefault ? undefined : modelFile.model.id);
    return outcome;
  }

  #create(job: OnDemand, modelFile: ModelFile): ServerProcess {
    const process = this.parts.create(job, modelFile);
    process.onDidChangeStatus((status) => this.#loads(process, status));
    return process;
  }

  /** One that begins to load may need the memory of others. */
  #loads(process: ServerProcess, status: ClientStatus): void {
    if (status.state !== 'loading' || status.percent > 0) return;
    const others = (['embedding', 'chat', 'completion'] as const).flatMap((job) => this.processOf(job) ?? []);
    void makeRoom(process, others, this.parts.fitTogether);
  }

  /** The model that completed until now does not load again: its file went or was cut while it slept. The packaged one takes over. */
  async #fallBack(): Promise<void> {
    const { completion, library } = this.parts;
    const { model } = completion.model;
    if (completion.worked !== completion.model || model.id === library.packaged.model.id) return;
    this.#missed.set('completion', { name: model.name, why: 'failed' });
    await completion.restart(library.packaged);
  }

  /** What the settings name. */
  async #chosen(job: Job): Promise<Chosen | undefined> {
    const { library, settings } = this.parts;
    const id = settings.current.model[job];
    const known = id === '' ? undefined : await library.find(id);
    if (id !== '' && !known?.isHere) this.#missed.set(job, { name: known?.model.name ?? id, why: 'absent' });
    else this.#missed.delete(job);
    return known && { model: known.model, file: known.file, isHere: known.isHere };
  }

  /** The settings were changed: by `give`, and then this runs already, or by hand. */
  async #follow(job: Job): Promise<void> {
    const { completion, library } = this.parts;
    const chosen = await this.#chosen(job);
    if (job !== 'completion') {
      const failure = await this.#onDemand[job].follow(chosen);
      if (chosen && failure) await showSwitchFailure(chosen.model, failure.outcome, failure.before);
      return;
    }
    const wished = here(chosen) ?? library.packaged;
    if (!completion.isStarted) completion.take(wished);
    else if (wished.model.id !== completion.model.model.id) {
      const before = inUse(completion);
      const outcome = await completion.switchTo(wished);
      if (outcome !== undefined && hasFailed(outcome)) await showSwitchFailure(wished.model, outcome, before);
    }
    await this.#onDemand.chat.share();
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    await Promise.all(Object.values(this.#onDemand).map((job) => job.dispose()));
  }
}

/** One that is on this machine. */
function here(chosen: Chosen | undefined): ModelFile | undefined {
  return chosen?.isHere ? { model: chosen.model, file: chosen.file } : undefined;
}
