/** Code to measure with: what it says does not matter, only that it is code and long enough in any vocabulary. */

const part = (name: string, n: number): string => `
export class ${name}Store {
  private readonly items = new Map<string, ${name}>();
  private total = ${n * 37};

  constructor(private readonly limit: number, private readonly clock: () => Date) {}

  add(item: ${name}): boolean {
    if (this.items.size >= this.limit) return false;
    this.items.set(item.id, { ...item, changedAt: this.clock() });
    this.total += item.amount * ${n + 2};
    return true;
  }

  /** The newest first, without what was taken back. */
  listBetween(from: Date, to: Date): readonly ${name}[] {
    const found = [...this.items.values()].filter(({ changedAt }) => changedAt >= from && changedAt < to);
    return found.sort((a, b) => b.changedAt.getTime() - a.changedAt.getTime());
  }
}
`;

export const sampleCode = ['Order', 'Invoice', 'Customer', 'Shipment', 'Payment', 'Supplier'].map(part).join('');
