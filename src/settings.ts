/** The only reader of our section of the settings. Names and defaults stand in package.json and nowhere else. */
import * as vscode from 'vscode';
import type { Settings as ServerSettings } from '../server/protocol';
import type { EngineOptions } from './client/launch';
import { clock } from './clock';
import { nearest, rulesOf, wrongSentence } from './settingRules';

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
  readonly api: {
    /** Whether other extensions may ask. */
    readonly enabled: boolean;
  };
  readonly statistics: {
    /** Whether it is counted how suggestions fare. */
    readonly enabled: boolean;
  };
}

type Read = <T>(name: string) => T;

function settingsOf(read: Read): Settings {
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
    api: { enabled: read('api.enabled') },
    statistics: { enabled: read('statistics.enabled') },
  };
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
    const sentence = vscode.l10n.t('Minnow: the setting minnow.{0} could not be saved. {1}', name, error.message);
    void vscode.window.showErrorMessage(sentence, open).then((chosen) => {
      if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettingsJson');
    });
    return false;
  }
}

/** A person who still writes a value is not told that half of it is wrong: in milliseconds. */
const TELL_AFTER_MS = 3_000;

/** The settings at any time, and an event when one of ours has changed. What is wrong in them is told where it was just written, and logged. */
export class SettingsSource implements vscode.Disposable {
  readonly #rules: ReadonlyMap<string, unknown>;
  /** Sentences, by the name of the setting that is wrong: now, and when it was last told. */
  #wrong = new Map<string, string>();
  #told: ReadonlyMap<string, string>;
  #current: Settings;
  #cancel: (() => void) | undefined;
  readonly #changed = new vscode.EventEmitter<{ readonly before: Settings; readonly now: Settings }>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('minnow')) this.#change();
  });

  /** @param manifest what package.json says */
  constructor(
    manifest: unknown,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.#rules = rulesOf(manifest);
    this.#current = this.#read();
    this.#told = this.#wrong;
    for (const sentence of this.#told.values()) log.warn(sentence);
  }

  get current(): Settings {
    return this.#current;
  }

  dispose(): void {
    this.#cancel?.();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #read(): Settings {
    const section = vscode.workspace.getConfiguration('minnow');
    this.#wrong = new Map();
    return settingsOf(<T>(short: string): T => {
      const name = `minnow.${short}`;
      const rule = this.#rules.get(name);
      if (rule === undefined) throw new Error(`the setting ${name} is not declared`);
      const given = section.get<unknown>(short);
      const sentence = wrongSentence(name, rule, given, vscode.l10n.t);
      if (sentence !== undefined) this.#wrong.set(name, sentence);
      // It has the type that package.json declares now.
      return nearest(rule, given) as T;
    });
  }

  #change(): void {
    const before = this.#current;
    this.#current = this.#read();
    this.#cancel?.();
    this.#cancel = clock.after(TELL_AFTER_MS, () => this.#tell());
    this.#changed.fire({ before, now: this.#current });
  }

  #tell(): void {
    const isNew = ([name, sentence]: readonly [string, string]): boolean => this.#told.get(name) !== sentence;
    const found = [...this.#wrong].filter(isNew);
    this.#told = this.#wrong;
    const open = vscode.l10n.t('Open the Settings');
    for (const [name, sentence] of found) {
      this.log.warn(sentence);
      // Other windows read the same settings: it is told where the person is.
      if (!vscode.window.state.focused) continue;
      void vscode.window.showWarningMessage(sentence, open).then((chosen) => {
        if (chosen === open) void vscode.commands.executeCommand('workbench.action.openSettings', `@id:${name}`);
      });
    }
  }
}
