/** Opens a GPU's backend as the server would, and tells what it found. A broken driver ends the process here. */
import { loadEngineModule } from '../llm/engineModule';
import type { BackendReport } from '../probeProtocol';
import { saneBytes } from './memory';

/** @throws Error when the engine has no binary for the backend, or cannot load it */
export async function probeBackend(
  backend: BackendReport['backend'],
  engine: string | undefined,
): Promise<BackendReport> {
  const { getLlama, LlamaLogLevel } = await loadEngineModule(engine);
  const llama = await getLlama({
    gpu: backend,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: 1,
    logLevel: LlamaLogLevel.warn,
    // Standard output is for the report alone.
    logger: (level, message) => process.stderr.write(`${level}: ${message.trim()}\n`),
  });
  if (llama.gpu !== backend)
    throw new Error(`no ${backend} was found, the engine opened ${llama.gpu || 'the processor'} instead`);
  const { total, unifiedSize } = await llama.getVramState();
  const memoryBytes = saneBytes(total);
  return {
    probe: 'backend',
    backend,
    devices: await llama.getGpuDeviceNames(),
    memoryBytes,
    unifiedBytes: Math.min(saneBytes(unifiedSize), memoryBytes),
  };
}
