/** Which backend runs the model, and with how many threads. */
import type { Llama, LlamaOptions } from 'node-llama-cpp';
import { messageOf } from '../errors';
import type { Backend } from '../protocol';

export type GetLlama = (options: LlamaOptions) => Promise<Llama>;

export interface OpenedBackend {
  readonly llama: Llama;
  readonly backend: Backend;
  /** Why the wished backend is not in use. */
  readonly fallback?: string;
}

/**
 * Opens the wished backend, else the processor. `auto` takes the best that the package has binaries for.
 * The engine never builds from source and never downloads.
 *
 * @param getProcessor opens the processor where the engine was fetched for a GPU and may have nothing else
 */
export async function openBackend(
  getLlama: GetLlama,
  wished: Backend | 'auto',
  options: LlamaOptions,
  getProcessor = getLlama,
): Promise<OpenedBackend> {
  const open = (gpu: LlamaOptions['gpu'] & ('auto' | false | Backend), get = getLlama): Promise<Llama> =>
    get({ ...options, gpu, build: 'never', skipDownload: true, progressLogs: false } as LlamaOptions);
  const processor = async (fallback?: string): Promise<OpenedBackend> => ({
    // For Apple silicon there is no binary without Metal: it is opened, and gets no layers.
    llama: await open(false, getProcessor).catch((error: unknown) => {
      if (process.platform !== 'darwin') throw error;
      // Or it would compute large batches all the same.
      process.env.GGML_OP_OFFLOAD_MIN_BATCH = '1000000';
      return open('metal', getProcessor);
    }),
    backend: 'cpu',
    ...(fallback === undefined ? {} : { fallback }),
  });
  if (wished === 'cpu') return processor();
  let llama: Llama;
  let devices: readonly string[];
  try {
    llama = await open(wished);
    if (llama.gpu === false) return { llama, backend: 'cpu' };
    // A Vulkan or CUDA loader without a device opens all the same: only the list of devices tells.
    devices = await llama.getGpuDeviceNames();
  } catch (error) {
    return processor(messageOf(error).split('\n', 1)[0]);
  }
  if (devices.length > 0) return { llama, backend: llama.gpu };
  await llama.dispose();
  return processor(wished === 'auto' ? undefined : `no ${wished} device was found`);
}

/**
 * Threads that leave the editor its share: the engine's threads wait for each other by spinning, so as many as there are cores makes it up
 * to eight times slower as soon as anything else runs. Beyond eight a token gains nothing, its weights come no faster from memory.
 *
 * @param wished the setting; 0 chooses
 * @param cores processors that this process may use
 */
export function chooseThreads(wished: number, cores: number): number {
  if (wished > 0) return Math.min(wished, Math.max(1, cores));
  if (cores <= 4) return Math.max(1, cores - 1);
  return Math.min(8, Math.ceil(cores / 2));
}
