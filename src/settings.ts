/** The only reader of our section of the settings. Names and defaults stand in package.json and nowhere else. */
import * as vscode from 'vscode';
import type { Settings as ServerSettings } from '../server/protocol';
import type { EngineOptions } from './client/launch';

export interface Settings {
  readonly completion: {
    readonly enabled: boolean;
    /** By language identifier; `*` stands for those that are not listed. */
    readonly languages: Readonly<Record<string, boolean>>;
    readonly multiline: boolean;
    readonly comments: boolean;
    readonly secretFiles: boolean;
  };
  readonly nextEdit: {
    readonly enabled: boolean;
  };
  readonly edit: {
    /** Whether a model that can may think before it edits. */
    readonly thinking: boolean;
    /** Whether the comparison opens by itself. */
    readonly comparison: boolean;
  };
  readonly chat: {
    /** 0 always says the likeliest. */
    readonly temperature: number;
    readonly thinking: boolean;
    /** Whether instruction files of the project are obeyed. */
    readonly instructions: boolean;
    /** Whether conversations are kept on this machine. */
    readonly history: boolean;
  };
  readonly model: {
    /** Identifier of the model that completes; '' is the one in the package. */
    readonly completion: string;
    /** Identifier of the model for chat and edits; '' is none. */
    readonly chat: string;
    /** Identifier of the model that finds what belongs to a question; '' is none. */
    readonly embedding: string;
    /** Paths of LoRA adapters, by the identifier of their model. */
    readonly adapters: Readonly<Record<string, string>>;
    /** For all models together, in GB; 0 chooses. */
    readonly memoryBudget: number;
  };
  readonly download: {
    /** Folder for models; '' is the extension's own. */
    readonly folder: string;
    /** Address of the model hub, or of a mirror of it. */
    readonly hub: string;
    /** Address of the package registry that engines are fetched from, or of a mirror of it. */
    readonly registry: string;
  };
  readonly engine: EngineOptions;
  readonly power: {
    /** `auto`: on battery. */
    readonly saving: 'auto' | 'always' | 'never';
  };
  readonly statistics: {
    /** Whether it is counted how suggestions fare. */
    readonly enabled: boolean;
  };
}

/** The sections of the manifest, as the editor hands it out. */
export interface Manifest {
  readonly contributes: {
    readonly configuration: readonly {
      readonly properties: Readonly<Record<string, { readonly default?: unknown }>>;
    }[];
  };
}

/** @param manifest knows the defaults: to ask the editor for each takes milliseconds of the start */
function readSettings({ contributes }: Manifest): Settings {
  const section = vscode.workspace.getConfiguration('minnow');
  const read = <T>(name: string): T => {
    const declared = contributes.configuration.find(({ properties }) => `minnow.${name}` in properties);
    const fallback = declared?.properties[`minnow.${name}`]?.default;
    if (fallback === undefined) throw new Error(`the setting minnow.${name} is not declared`);
    const value = section.get<T>(name);
    // The manifest's own value is of the type that the manifest gives it.
    return value !== undefined && isLike(value, fallback) ? value : (fallback as T);
  };
  return {
    completion: {
      enabled: read('completion.enabled'),
      languages: read('completion.languages'),
      multiline: read('completion.multiline'),
      comments: read('completion.comments'),
      secretFiles: read('completion.secretFiles'),
    },
    nextEdit: { enabled: read('nextEdit.enabled') },
    edit: { thinking: read('edit.thinking'), comparison: read('edit.comparison') },
    chat: {
      temperature: read('chat.temperature'),
      thinking: read('chat.thinking'),
      instructions: read('chat.instructions'),
      history: read('chat.history'),
    },
    model: {
      completion: read('model.completion'),
      chat: read('model.chat'),
      embedding: read('model.embedding'),
      adapters: read('model.adapters'),
      memoryBudget: read('model.memoryBudget'),
    },
    download: { folder: read('download.folder'), hub: read('download.hub'), registry: read('download.registry') },
    engine: {
      backend: read('engine.backend'),
      threads: read('engine.threads'),
      gpuLayers: read('engine.gpuLayers'),
      contextSize: read('engine.contextSize'),
      flashAttention: read('engine.flashAttention'),
      kvCacheType: read('engine.kvCacheType'),
      memoryLock: read('engine.memoryLock'),
      unloadAfterMinutes: read('engine.unloadAfterMinutes'),
    },
    power: { saving: read('power.saving') },
    statistics: { enabled: read('statistics.enabled') },
  };
}

/** Settings are edited by hand: what is of another type than the default counts as not set. */
function isLike(value: unknown, fallback: unknown): boolean {
  return typeof value === typeof fallback && value !== null && Array.isArray(value) === Array.isArray(fallback);
}

/** What the server heeds of them. @param isSaving whether power is saved now */
export function forServer({ completion: { multiline, comments } }: Settings, isSaving: boolean): ServerSettings {
  return { completion: { multiline, comments, ...(isSaving ? { brief: true } : {}) } };
}

/** Writes a setting where it is set already, else for the user. Where that cannot be, the person is told. @returns whether it was */
export async function writeSetting(name: string, value: unknown): Promise<boolean> {
  const section = vscode.workspace.getConfiguration('minnow');
  const found = section.inspect(name);
  const target =
    found?.workspaceFolderValue !== undefined
      ? vscode.ConfigurationTarget.WorkspaceFolder
      : found?.workspaceValue !== undefined
        ? vscode.ConfigurationTarget.Workspace
        : vscode.ConfigurationTarget.Global;
  try {
    await section.update(name, value, target);
    return true;
  } catch (error) {
    // The editor's own sentence: the file has mistakes, unsaved changes, or cannot be written.
    if (!(error instanceof Error)) throw error;
    const open = vscode.l10n.t('Open the Settings');
    const sentence = vscode.l10n.t('Minnow: the setting minnow.{0} could not be kept. {1}', name, error.message);
    void vscode.window.showErrorMessage(sentence, open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettingsJson');
    });
    return false;
  }
}

/** The settings at any time, and an event when one of ours has changed. */
export class SettingsSource implements vscode.Disposable {
  #current: Settings;
  readonly #changed = new vscode.EventEmitter<{ readonly before: Settings; readonly now: Settings }>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration('minnow')) return;
    const before = this.#current;
    this.#current = readSettings(this.manifest);
    this.#changed.fire({ before, now: this.#current });
  });

  constructor(private readonly manifest: Manifest) {
    this.#current = readSettings(manifest);
  }

  get current(): Settings {
    return this.#current;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
