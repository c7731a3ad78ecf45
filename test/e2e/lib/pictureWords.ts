/** The project that the pictures show, and what the script says in those of chat and edits. */

/** Its unfinished line waits for `self.items.`. */
export const stack = `"""What comes last goes first."""


class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        
`;

export const prices = `/** What was sold, and for how much. */
export interface Sale {
  readonly item: string;
  readonly price: number;
}

export function total(sales: readonly Sale[]): number {
  let sum = 0;
  for (const sale of sales) sum += sale.price;
  return sum;
}

export function mean(sales: readonly Sale[]): number {
  return total(sales) / sales.length;
}
`;

export const instruction = 'document both functions, and let mean be 0 for an empty list';

/** The lines from `total` on, as the script rewrites them. */
export const edited = `/** The sum of all prices. */
export function total(sales: readonly Sale[]): number {
  let sum = 0;
  for (const sale of sales) sum += sale.price;
  return sum;
}

/** The mean price; 0 where nothing was sold. */
export function mean(sales: readonly Sale[]): number {
  if (sales.length === 0) return 0;
  return total(sales) / sales.length;
}
`;

export const question = 'What happens when nothing was sold?';

export const answer = `\`total\` is 0 then, and so is \`sales.length\`: **0 / 0 is \`NaN\`**, and every number that it meets becomes \`NaN\` as well. Say what the mean of nothing shall be:

\`\`\`typescript
export function mean(sales: readonly Sale[]): number {
  if (sales.length === 0) return 0;
  return total(sales) / sales.length;
}
\`\`\`

If callers have to tell "free" from "nothing sold", return \`undefined\` instead.`;
