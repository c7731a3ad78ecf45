/** Whether a LoRA adapter fits a model, by the rules with which llama.cpp loads it (`llama_adapter_lora_init`). */
import type { Header } from './header';
import type { Tensor } from './headerParser';

/**
 * `otherKind`: an adapter, but no LoRA. `incomplete`: half of a pair is not there, or nothing is. `otherTensors`: has what the engine cannot
 * apply, or changes tensors that the model does not have. `otherShape`: was made for a model of other widths.
 */
export type AdapterRefusal =
  | 'notAnAdapter'
  | 'otherKind'
  | 'otherArchitecture'
  | 'incomplete'
  | 'otherTensors'
  | 'otherShape'
  | 'truncated';

interface Pair {
  readonly a?: Tensor;
  readonly b?: Tensor;
}

/** @returns undefined when it fits */
export function checkAdapter(adapter: Header, base: Header): AdapterRefusal | undefined {
  if (adapter.type !== 'adapter') return 'notAnAdapter';
  if (adapter.adapter !== 'lora') return 'otherKind';
  if (adapter.architecture !== base.architecture) return 'otherArchitecture';
  if (adapter.dataEnd > (adapter.bytes ?? Number.MAX_SAFE_INTEGER)) return 'truncated';
  const pairs = pairsOf(adapter);
  if (pairs === undefined) return 'otherTensors';
  if (pairs.size === 0) return 'incomplete';
  const targets = new Map(base.tensors.map((tensor) => [tensor.name, tensor]));
  const refusals = Array.from(pairs, ([name, pair]) => refusalOfPair(pair, targets.get(name)));
  return refusals.find((refusal) => refusal !== undefined);
}

/** By the name of the tensor that each pair changes; undefined when there is a tensor of neither kind. */
function pairsOf({ tensors }: Header): ReadonlyMap<string, Pair> | undefined {
  const pairs = new Map<string, Pair>();
  for (const tensor of tensors) {
    const [, name = '', half] = /^(.+)\.lora_([ab])$/.exec(tensor.name) ?? [];
    if (half !== undefined) pairs.set(name, { ...pairs.get(name), [half]: tensor });
    // The engine leaves changed norms out and goes on.
    else if (!tensor.name.endsWith('_norm.weight')) return undefined;
  }
  return pairs;
}

/** B · A has the shape of what it is added to; for the token embedding both are transposed. */
function refusalOfPair({ a, b }: Pair, target: Tensor | undefined): AdapterRefusal | undefined {
  if (a === undefined || b === undefined) return 'incomplete';
  if (target === undefined) return 'otherTensors';
  const [inputs = 1, outputs = 1] = target.shape;
  const [a0 = 1, a1 = 1] = a.shape;
  const [b0 = 1, b1 = 1] = b.shape;
  const fits = target.name.endsWith('token_embd.weight')
    ? inputs === b1 && outputs === a1
    : inputs === a0 && outputs === b1 && a1 === b0;
  return fits ? undefined : 'otherShape';
}
