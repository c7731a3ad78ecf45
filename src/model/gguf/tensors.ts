/** What the list of tensors tells: how many parameters there are, where their data end, and how they are packed. */
import type { ParsedHeader, Tensor } from './headerParser';
import { countOf } from './metadata';

/** Name of each type of ggml by its number, values in a block, bytes of a block. Types that engines no longer read have no entry. */
const TYPES: ReadonlyMap<number, readonly [name: string, values: number, bytes: number]> = new Map([
  [0, ['F32', 1, 4]],
  [1, ['F16', 1, 2]],
  [2, ['Q4_0', 32, 18]],
  [3, ['Q4_1', 32, 20]],
  [6, ['Q5_0', 32, 22]],
  [7, ['Q5_1', 32, 24]],
  [8, ['Q8_0', 32, 34]],
  [9, ['Q8_1', 32, 36]],
  [10, ['Q2_K', 256, 84]],
  [11, ['Q3_K', 256, 110]],
  [12, ['Q4_K', 256, 144]],
  [13, ['Q5_K', 256, 176]],
  [14, ['Q6_K', 256, 210]],
  [15, ['Q8_K', 256, 292]],
  [16, ['IQ2_XXS', 256, 66]],
  [17, ['IQ2_XS', 256, 74]],
  [18, ['IQ3_XXS', 256, 98]],
  [19, ['IQ1_S', 256, 50]],
  [20, ['IQ4_NL', 32, 18]],
  [21, ['IQ3_S', 256, 110]],
  [22, ['IQ2_S', 256, 82]],
  [23, ['IQ4_XS', 256, 136]],
  [24, ['I8', 1, 1]],
  [25, ['I16', 1, 2]],
  [26, ['I32', 1, 4]],
  [27, ['I64', 1, 8]],
  [28, ['F64', 1, 8]],
  [29, ['IQ1_M', 256, 56]],
  [30, ['BF16', 1, 2]],
  [34, ['TQ1_0', 256, 54]],
  [35, ['TQ2_0', 256, 66]],
  [39, ['MXFP4', 32, 17]],
  [40, ['NVFP4', 64, 36]],
  [41, ['Q1_0', 128, 18]],
  [42, ['Q2_0', 64, 18]],
]);

/** `general.file_type` (`llama_ftype` of llama.cpp) where the name is not that of most tensors' type. */
const FILE_TYPES: readonly (string | undefined)[] = [
  ...['F32', 'F16', 'Q4_0', 'Q4_1', undefined, undefined, undefined, 'Q8_0', 'Q5_0', 'Q5_1'],
  ...['Q2_K', 'Q3_K_S', 'Q3_K_M', 'Q3_K_L', 'Q4_K_S', 'Q4_K_M', 'Q5_K_S', 'Q5_K_M', 'Q6_K', 'IQ2_XXS'],
  ...['IQ2_XS', 'Q2_K_S', 'IQ3_XS', 'IQ3_XXS', 'IQ1_S', 'IQ4_NL', 'IQ3_S', 'IQ3_M', 'IQ2_S', 'IQ2_M'],
  ...['IQ4_XS', 'IQ1_M', 'BF16', undefined, undefined, undefined, 'TQ1_0', 'TQ2_0', 'MXFP4', 'NVFP4'],
  ...['Q1_0', 'Q2_0'],
];

const valuesOf = ({ shape }: Tensor): number => shape.reduce((product, each) => product * each, 1);

/** In bytes; undefined for a type that this engine does not read. */
export function bytesOf(tensor: Tensor): number | undefined {
  const type = TYPES.get(tensor.type);
  return type === undefined ? undefined : Math.ceil(valuesOf(tensor) / type[1]) * type[2];
}

/** Where the last tensor's data end, in bytes from the start of the file. */
export function dataEndOf({ tensors, dataStart }: ParsedHeader): number {
  return tensors.reduce((end, tensor) => Math.max(end, dataStart + tensor.offset + (bytesOf(tensor) ?? 0)), dataStart);
}

export function parametersOf({ tensors }: ParsedHeader): number {
  return tensors.reduce((sum, tensor) => sum + valuesOf(tensor), 0);
}

/** Parameters that take part in each token; undefined where they are all. */
export function activeParametersOf(header: ParsedHeader, architecture: string): number | undefined {
  const experts = countOf(header.metadata, `${architecture}.expert_count`) ?? 0;
  const used = countOf(header.metadata, `${architecture}.expert_used_count`) ?? 0;
  if (used === 0 || used >= experts) return undefined;
  const shared = (tensor: Tensor): number => (/_exps\b/.test(tensor.name) ? used / experts : 1);
  return Math.round(header.tensors.reduce((sum, tensor) => sum + valuesOf(tensor) * shared(tensor), 0));
}

/** As file names have it: `Q4_K_M`. Empty where nothing tells it. */
export function quantizationOf(header: ParsedHeader): string {
  const stated = FILE_TYPES[countOf(header.metadata, 'general.file_type') ?? Number.NaN];
  // Files of one type were converted with it; what was chosen for each tensor has a name that only the file type tells.
  return stated ?? mostUsedType(header.tensors) ?? '';
}

function mostUsedType(tensors: readonly Tensor[]): string | undefined {
  const values = new Map<number, number>();
  for (const tensor of tensors) values.set(tensor.type, (values.get(tensor.type) ?? 0) + valuesOf(tensor));
  const [most] = Array.from(values).toSorted(([, a], [, b]) => b - a);
  return most && TYPES.get(most[0])?.[0];
}
