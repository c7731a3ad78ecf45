/** The machine that this window runs on: looked at by probes when someone wants to know, remembered in between. */

import type { DriversReport } from '../../server/probeProtocol';
import type { Backend } from '../../server/protocol';
import type { Memory } from '../client/modelFile';
import { type BackendChoice, chooseBackend } from './backendChoice';
import { forgetBackends, readHistory, recordBackend } from './backendHistory';
import { ENGINE_VERSION } from './enginePacks';
import { installedPacks } from './installedPacks';
import type { Machine } from './machine';
import { type GpuBackend, isGpuBackend, isRecord } from './probeReport';
import {
  availableBackends,
  crashedBackends,
  type GpuEngine,
  machineFacts,
  type RunProbe,
  type Survey,
  survey,
} from './survey';

export interface HardwareParts {
  readonly memory: Memory;
  /** Folder that fetched engines are kept in. */
  readonly packs: string;
  readonly runProbe: RunProbe;
  /** GPU backends of the engine in the package. */
  readonly packaged: readonly GpuBackend[];
}

/** How a server is to be started. */
export interface EngineChoice extends BackendChoice {
  /** Folder of a fetched engine; undefined: the one in the package. */
  readonly engineFolder?: string;
}

/** Of the last look; what can change without a probe is not in it. */
interface Kept {
  readonly engine: string;
  readonly gpus: Machine['gpus'];
  /** Backends whose engine was there: with another one it is time for another look. */
  readonly looked: readonly GpuBackend[];
}

const KEY = 'hardware.seen';

export class Hardware {
  #looking: Promise<Survey> | undefined;
  #last: Survey | undefined;

  constructor(private readonly parts: HardwareParts) {}

  /** What the last look found, or, where there was none, what can be told without one. */
  get machine(): Machine {
    return { ...machineFacts(), gpus: this.#kept()?.gpus ?? [] };
  }

  /** Looks once in a session, or again when asked to: then what crashed before may be tried again as well. */
  async look(options: { readonly anew: boolean } = { anew: false }): Promise<Survey> {
    if (!options.anew && this.#last !== undefined && (await this.#isUpToDate())) return this.#last;
    // A look that is going on may be of before what one wants to see.
    if (options.anew) await this.#looking;
    this.#looking ??= this.#look(options.anew).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Drivers as the last look of this session found them. */
  get drivers(): DriversReport | undefined {
    return this.#last?.drivers;
  }

  async engines(): Promise<GpuEngine[]> {
    const packs = await installedPacks(this.parts.packs, ENGINE_VERSION);
    const own = this.parts.packaged.filter((backend) => !packs.some((pack) => pack.backend === backend));
    return [...own.map((backend) => ({ backend })), ...packs];
  }

  /**
   * Chooses by what is remembered: no server waits for a probe, but for the first one with an engine that was fetched. The packaged engine's
   * own backend needs no look: its server falls back by itself.
   */
  async choose(wished: Backend | 'auto'): Promise<EngineChoice> {
    const engines = await this.engines();
    if (engines.some(({ folder }) => folder !== undefined) && !(await this.#isUpToDate())) await this.look();
    const seen = this.#kept() === undefined ? this.parts.packaged : availableBackends(this.machine);
    const available = seen.filter((backend) => engines.some((each) => each.backend === backend));
    const history = readHistory(this.parts.memory);
    const choice = chooseBackend({ wished, available, history, engine: ENGINE_VERSION });
    // One that is wished for is tried with its own engine, also where no probe could open it.
    const runs = wished === 'auto' ? choice.backend : wished;
    const folder = engines.find(({ backend }) => backend === runs)?.folder;
    return { ...choice, ...(folder === undefined ? {} : { engineFolder: folder }) };
  }

  /** Remembers what became of a server with this backend. */
  async note(backend: Backend | 'auto', outcome: 'good' | 'crashed'): Promise<void> {
    if (!isGpuBackend(backend)) return;
    const history = readHistory(this.parts.memory);
    const before = history[backend];
    const isNewest = Object.values(history).every(({ at }) => before !== undefined && at <= before.at);
    if (before?.outcome === outcome && before.engine === ENGINE_VERSION && isNewest) return;
    await recordBackend(this.parts.memory, backend, outcome, ENGINE_VERSION);
  }

  async #look(anew: boolean): Promise<Survey> {
    const { memory, runProbe } = this.parts;
    if (anew) await forgetBackends(memory);
    const engines = await this.engines();
    const found = await survey(engines, runProbe, new AbortController().signal);
    for (const backend of crashedBackends(found.lines)) await this.note(backend, 'crashed');
    const kept: Kept = {
      engine: ENGINE_VERSION,
      gpus: found.machine.gpus,
      looked: engines.map(({ backend }) => backend),
    };
    await memory.update(KEY, kept);
    this.#last = found;
    return found;
  }

  async #isUpToDate(): Promise<boolean> {
    const kept = this.#kept();
    const engines = await this.engines();
    return (
      kept !== undefined &&
      kept.looked.length === engines.length &&
      engines.every(({ backend }) => kept.looked.includes(backend))
    );
  }

  #kept(): Kept | undefined {
    const kept = this.parts.memory.get(KEY);
    return isKept(kept) && kept.engine === ENGINE_VERSION ? kept : undefined;
  }
}

/** What another version has kept may look different. */
function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) && typeof value.engine === 'string' && Array.isArray(value.gpus) && Array.isArray(value.looked)
  );
}
