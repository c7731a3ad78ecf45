/** With what a server is started: the settings, what is known of the machine, and what belongs to the model. */

import type { ModelFile } from '../client/modelFile';
import type { PlanLaunch, ServerProcess } from '../client/serverProcess';
import type { Hardware } from '../hardware/hardware';
import type { GpuBackend } from '../hardware/probeReport';
import type { SettingsSource } from '../settings';
import { fitTogether } from './advice/fit';

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

/** Whether a model that completes and one that chats fit into the memory budget together. */
export function fitsTogether(hardware: Hardware, settings: SettingsSource): (a: ModelFile, b: ModelFile) => boolean {
  return (a, b) => {
    const { machine } = hardware;
    const budget = settings.current.model.memoryBudget * 1e9 || machine.memoryBytes / 2;
    const models = [a, b].map(({ model }) => ({
      model,
      role: model.roles.includes('chat') ? ('chat' as const) : ('completion' as const),
    }));
    return fitTogether(models, machine, budget) === 'both';
  };
}
