/** What this machine has drivers for. No binary of the engine is loaded, so no driver is started. */
import { type Controller, graphics } from 'systeminformation/lib/graphics';
import { loadEngineModule } from '../llm/engineModule';
import type { Card, DriversReport } from '../probeProtocol';
import { findCudaRuntime } from './cuda';
import { saneBytes } from './memory';

const MIB = 2 ** 20;
/** The system's own tools can take long; without the cards' names the report is still of use. */
const MOST_MS = 15_000;

export async function probeDrivers(engine: string | undefined): Promise<DriversReport> {
  const { getLlamaGpuTypes } = await loadEngineModule(engine);
  const supported = await getLlamaGpuTypes('supported');
  const cudaRuntime = findCudaRuntime();
  const backends = (['metal', 'cuda', 'vulkan'] as const).filter((backend) =>
    backend === 'cuda' ? cudaRuntime !== undefined : supported.includes(backend),
  );
  return {
    probe: 'drivers',
    backends,
    ...(cudaRuntime === undefined ? {} : { cudaRuntime }),
    cards: (await controllers()).map(cardOf).filter(({ name }) => name !== ''),
  };
}

async function controllers(): Promise<readonly Controller[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Controller[]>((resolve) => {
    timer = setTimeout(() => resolve([]), MOST_MS);
  });
  try {
    return await Promise.race([graphics().then((found) => found.controllers), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Exported for tests. */
export function cardOf({ vendor, model, name, vram, vramDynamic, memoryTotal }: Controller): Card {
  const maker = vendor.trim();
  const [makerName = ''] = maker.toLowerCase().split(' ');
  const isNamed = makerName === '' || model.toLowerCase().includes(makerName);
  const isShared = process.platform === 'darwin' && vramDynamic;
  return {
    name: name?.trim() || (isNamed ? model.trim() : `${maker} ${model.trim()}`),
    memoryBytes: isShared ? 0 : saneBytes((memoryTotal ?? vram ?? 0) * MIB),
  };
}
