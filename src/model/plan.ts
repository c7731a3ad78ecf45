/** With what a server is started: the settings, what is known of the machine, and what belongs to the model. */

import type { ModelFile } from '../client/modelFile';
import type { PlanLaunch, ServerProcess } from '../client/serverProcess';
import type { Hardware } from '../hardware/hardware';
import type { GpuBackend } from '../hardware/probeReport';
import type { SettingsSource } from '../settings';
import { fitTogether } from './advice/fit';
import type { OnDemand } from './jobs';

/** GPU backends that the engine in the package has for this platform. */
export const packagedBackends: readonly GpuBackend[] =
  process.platform === 'darwin' && process.arch === 'arm64' ? ['metal'] : [];

export function planLaunch(hardware: Hardware, settings: SettingsSource): PlanLaunch {
  return async ({ model }) => {
    const { engine } = settings.current;
    const { backend, engineFolder } = await hardware.choose(engine.backend);
    const adapter = settings.current.model.adapters[model.id];
    return {
      ...engine,
      // One that is wished for and not there is for the server to refuse: its status says so.
      backend: engine.backend === 'auto' ? backend : engine.backend,
      ...(engineFolder === undefined ? {} : { engineFolder }),
      ...(adapter === undefined ? {} : { adapter }),
    };
  };
}

/** Minutes without a question until a model for search is unloaded: it is asked in bursts, and loads quickly. */
const SEARCH_SLEEPS_AFTER = 2;

/** The same for a process of a job on demand, which leaves the processor and the memory to the one that completes. */
export function planFor(job: OnDemand, plan: PlanLaunch): PlanLaunch {
  return async (modelFile) => {
    const launch = await plan(modelFile);
    const soon = Math.min(launch.unloadAfterMinutes || SEARCH_SLEEPS_AFTER, SEARCH_SLEEPS_AFTER);
    return { ...launch, job, ...(job === 'embedding' ? { unloadAfterMinutes: soon } : {}) };
  };
}

/** Remembers which backends did well and which took their process with them. */
export function rememberBackends(process: ServerProcess, hardware: Hardware): ServerProcess {
  process.onDidDie(({ whileLoading, backend }) => {
    if (whileLoading) void hardware.note(backend, 'crashed');
  });
  process.onDidChangeStatus((status) => {
    if (status.state === 'ready' && status.fallback === undefined) void hardware.note(status.backend, 'good');
  });
  return process;
}

/** Whether models of different jobs fit into the memory budget together. */
export function fitsTogether(
  hardware: Hardware,
  settings: SettingsSource,
): (...files: readonly ModelFile[]) => boolean {
  return (...files) => {
    const { machine } = hardware;
    const budget = settings.current.model.memoryBudget * 1e9 || machine.memoryBytes / 2;
    const models = files.map(({ model }) => ({
      model,
      role: (['chat', 'completion', 'embedding'] as const).find((role) => model.roles.includes(role)) ?? 'completion',
    }));
    return fitTogether(models, machine, budget) === 'both';
  };
}
