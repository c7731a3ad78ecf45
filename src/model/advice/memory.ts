/** How much memory a model takes while it runs. */
import type { Model, Role } from '../../../models/catalog';

/** How a role uses its model. */
export interface Use {
  /** Room of one sequence, in tokens. */
  readonly contextSize: number;
  /** Places whose state is kept at the same time, each with a context of its own; 1 where it is not said. */
  readonly sequences?: number;
}

/** What each role has need of; completion keeps as many sequences as the server does. */
const USES: Readonly<Record<Role, Required<Use>>> = {
  completion: { contextSize: 4096, sequences: 3 },
  chat: { contextSize: 16_384, sequences: 1 },
  edit: { contextSize: 8192, sequences: 1 },
  embedding: { contextSize: 2048, sequences: 1 },
};

/** Tokens that are evaluated at once: the server's numbers. */
export const BATCH = { cpu: 64, gpu: 512 } as const;

/**
 * What a server process takes beside the model: 87 MB for node and the engine with nothing loaded, the rest for documents and grammars. With
 * it the embedded model comes to 273 MB; 229 to 314 MB were measured.
 */
const PROCESS_BYTES = 150e6;

/** Where the vocabulary was not seen: that of the Qwen models, which is on the large side. */
const LIKELY_VOCABULARY = 152_000;

/** What the role has need of, and never more context than the model was trained on. */
export function useFor(role: Role, model: Model): Required<Use> {
  const { contextSize, sequences } = USES[role];
  return { contextSize: Math.min(contextSize, model.context), sequences };
}

/**
 * Bytes of a running server: weights, KV cache at 16 bits a value, logits of a batch, and the process itself. The two in the middle are within
 * 2 % of what was measured with contexts of 4,096 tokens for models of 0.1, 0.5 and 1.5 billion parameters.
 *
 * @param contextSize room of one sequence, in tokens
 * @param batch tokens that are evaluated at once
 * @param sequences how many contexts of that size are kept
 */
export function memoryNeeded(model: Model, contextSize: number, batch: number, sequences = 1): number {
  return model.bytes + contextBytes(model, contextSize, batch, sequences) + PROCESS_BYTES;
}

/** The part of it that comes and goes with the context: the KV cache and the logits, of 4 bytes each. */
export function contextBytes(model: Model, contextSize: number, batch: number, sequences = 1): number {
  const writes = model.roles.some((role) => role !== 'embedding');
  const logits = writes ? (model.vocabulary ?? LIKELY_VOCABULARY) * batch * 4 : 0;
  return model.kvBytesPerToken * contextSize * sequences + logits;
}
