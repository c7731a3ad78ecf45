/**
 * Which old exchanges stay in the prompt. They go from the oldest on, and far enough at once that the prompt's beginning then stays what it
 * is for many questions: what the KV cache holds is worth nothing from the first difference on. What was dropped once stays dropped. That is
 * not remembered but found again from the conversation itself, question by question, so that the same request makes the same prompt.
 */

/** What an exchange takes, in tokens. */
export interface Cost {
  readonly whole: number;
  /** Without the context of its question. */
  readonly bare: number;
  /** Its question alone, without the context. */
  readonly question: number;
  /** The context of its question, as it was shown or is wished for. */
  readonly context: number;
}

export interface Kept {
  /** Index of the first exchange that stays. */
  readonly first: number;
  /** Whether it stays without its context. */
  readonly isBare: boolean;
}

/** What exchanges may take beside context that needs all the rest, and how much of them stays when they are shortened. */
const SHARE = 0.5;

/**
 * @param costs of all exchanges, the last one that of the question
 * @param room for all of them, in tokens
 */
export function kept(costs: readonly Cost[], room: number): Kept {
  let state: Kept = { first: 0, isBare: false };
  for (const [asked, { question, context }] of costs.entries()) {
    const free = room - question;
    const held = historyCost(costs, state, asked);
    if (held > 0 && held + Math.min(context, free * (1 - SHARE)) > free)
      state = shortened(costs, state, asked, free * SHARE);
  }
  return state;
}

/** Tokens of the exchanges before a question. */
export function historyCost(costs: readonly Cost[], { first, isBare }: Kept, asked: number): number {
  return costs
    .slice(first, asked)
    .reduce((sum, { whole, bare }, index) => sum + (index === 0 && isBare ? bare : whole), 0);
}

/** Of the newest exchange at least the words stay, where they have room: what the next question most likely refers to. */
function shortened(costs: readonly Cost[], { first }: Kept, asked: number, most: number): Kept {
  for (let next = first; next < asked; next++) {
    const whole: Kept = { first: next, isBare: false };
    if (historyCost(costs, whole, asked) <= most) return whole;
  }
  const newest: Kept = { first: asked - 1, isBare: true };
  return historyCost(costs, newest, asked) <= most ? newest : { first: asked, isBare: false };
}
