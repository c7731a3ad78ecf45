/** An engine with a GPU that fails in a way of its own, as a folder that the server loads: no test machine has such a GPU. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * `full`: there is no memory for any layer. `tight`: for eight of 32. `noFlash`: no context with flash attention can be made. `nonsense`: it
 * computes nothing that is a number. `unsupported`: its driver lacks something. `sound`: all is well.
 */
export type GpuFault = 'full' | 'tight' | 'noFlash' | 'nonsense' | 'unsupported' | 'sound';

/** @returns the folder */
export async function writeFakeEngine(folder: string, fault: GpuFault): Promise<string> {
  await mkdir(path.join(folder, 'dist'), { recursive: true });
  await writeFile(path.join(folder, 'dist', 'index.mjs'), `const fault = '${fault}';\n${SOURCE}`);
  return folder;
}

/** Its tokens are characters, and its model says again what stood a line before. */
const SOURCE = `
export const LlamaLogLevel = { warn: 'warn' };
export const getLlamaGpuTypes = async () => ['vulkan'];

export async function getLlama({ gpu, logger }) {
  if (gpu !== 'vulkan') throw new Error('only a GPU here');
  return {
    gpu,
    getGpuDeviceNames: async () => ['Fake'],
    getVramState: async () => ({ free: 1e9 }),
    loadModel: async ({ gpuLayers }) => {
      const layers = typeof gpuLayers === 'number' ? gpuLayers : 32;
      if (fault === 'full' || (fault === 'tight' && layers > 8)) throw new Error('Not enough VRAM to fit the model');
      if (fault === 'unsupported') {
        logger('error', 'the device has an unsupported toolchain');
        throw new Error('Failed to load model');
      }
      logger('warn', "tensor 'token_embd.weight' (q4_K) cannot be used with preferred buffer type, using another");
      return model(layers);
    },
    dispose: async () => undefined,
  };
}

const model = (gpuLayers) => ({
  gpuLayers,
  trainContextSize: 4096,
  tokens: { infill: {}, bos: null, shouldPrependBosToken: false },
  fileInfo: { metadata: { tokenizer: { ggml: { tokens: [], token_type: [] } } } },
  fileInsights: { totalLayers: 32, estimateContextResourceRequirementsV2: async () => ({ cpuRam: 0, gpuVram: 1 }) },
  tokenize: (text) => Array.from(text, (character) => character.codePointAt(0)),
  createContext: async ({ contextSize, sequences, batchSize, threads, flashAttention }) => {
    if (fault === 'noFlash' && flashAttention) throw new Error('Failed to create context');
    return { contextSize, totalSequences: sequences, batchSize, idealThreads: threads, getSequence: sequence, dispose: async () => undefined };
  },
  dispose: async () => undefined,
});

const LINE = 'const value = compute(value, 1);\\n'.length;

function sequence() {
  let held = [];
  return {
    get nextTokenIndex() { return held.length; },
    compareContextTokens: () => ({ firstDifferentIndex: 0 }),
    adaptStateToTokens: async () => { held = []; },
    evaluateWithoutGeneratingNewTokens: async (tokens) => { held.push(...tokens); },
    controlledEvaluate: async ([[token]]) => {
      held.push(token);
      const probability = fault === 'nonsense' ? NaN : 0.9;
      return [{ next: { probabilities: new Map([[held[held.length - LINE], probability]]) } }];
    },
    dispose: async () => undefined,
  };
}
`;
