/**
 * What the engine makes of each architecture (`general.architecture`): asked of the binary of node-llama-cpp 3.21.1 (`getIsArchSupported`,
 * `getIsArchRecurrent`, `getIsArchHybrid`). A unit test compares the list with the package's own.
 */

/** Write text, one token after the other, from a cache of which any part can be kept. */
const ATTENTION = `afmoe apertus arcee arctic baichuan bailingmoe bailingmoe2 bitnet bloom chameleon chatglm codeshell cogvlm cohere2
 cohere2moe command-r dbrx deci deepseek deepseek2 deepseek2-ocr deepseek32 dots1 dots3note ernie4_5 ernie4_5-moe exaone exaone-moe exaone4
 falcon gemma gemma2 gemma3 gemma3n gemma4 glm-dsa glm4 glm4moe gpt-oss gpt2 gptj gptneox granite granite_swa granitemoe graniteswitch grok
 grovemoe hunyuan-dense hunyuan-moe hunyuan_vl hy_v3 internlm2 jais jais2 laguna llama llama4 maincoder mellum mimo2 minicpm minicpm3
 minimax-m2 minimax-m3 mistral3 mistral4 mpt muse-glimmer nanbeige nemotron olmo olmo2 olmoe openelm orion paddleocr pangu-embedded phi2 phi3
 phimoe plamo plamo3 plm qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe qwen3vl qwen3vlmoe refact seed_oss smallthinker smollm3 stablelm
 starcoder starcoder2 step35 talkie xverse`;

/** Keep a state that cannot be taken back: it goes on only from where it is. */
const RECURRENT = 'mamba mamba2 rwkv6 rwkv6qwen2 rwkv7 arwkv7';

/** Some layers are recurrent, some have attention. */
const HYBRID = `qwen3next qwen35 qwen35moe qwen4exp plamo2 jamba falcon-h1 deepseek4 nemotron_h nemotron_h_moe granitehybrid lfm2 lfm2moe
 kimi-linear kimi-k3 bailingmoe3 minimax-01`;

/** Turn text into vectors and write none. */
const EMBEDDING = `bert modern-bert nomic-bert nomic-bert-moe neo-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding llama-embed
 t5encoder`;

/** Do something else than to go on with a text: diffusion, speech, translation. */
const OTHER_TASK = 'dream llada llada-moe rnd1 wavtokenizer-dec qwen3tts pockettts t5';

/** Guess for a larger model, and cannot work alone. */
const DRAFT = 'eagle3 dflash gemma4-assistant';

/** Turn images and sound into what another model reads. */
const PROJECTOR = 'clip';

const KINDS = {
  attention: ATTENTION,
  recurrent: RECURRENT,
  hybrid: HYBRID,
  embedding: EMBEDDING,
  otherTask: OTHER_TASK,
  draft: DRAFT,
  projector: PROJECTOR,
} as const;

export type ArchitectureKind = keyof typeof KINDS;

const kinds: ReadonlyMap<string, ArchitectureKind> = new Map(
  objectKeys(KINDS).flatMap((kind) => KINDS[kind].split(/\s+/).map((name) => [name, kind] as const)),
);

/** @returns undefined for an architecture that the engine cannot run */
export function kindOf(architecture: string): ArchitectureKind | undefined {
  return kinds.get(architecture);
}

function objectKeys<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object).filter((key): key is Extract<keyof T, string> => key in object);
}
