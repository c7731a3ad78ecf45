/** Edits that keep most of their input. */

export interface EditTask {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly instruction: string;
  /** What the answer is made to begin with: a small model then keeps the input that it would leave out by itself. */
  readonly begun: string;
}

const CART = `export class Cart {
  private readonly items: Item[] = [];

  add(item: Item): void {
    if (item.count <= 0) throw new Error('count must be more than 0');
    const found = this.items.find((each) => each.id === item.id);
    if (found) found.count += item.count;
    else this.items.push(item);
  }

  remove(id: string): void {
    const index = this.items.findIndex((each) => each.id === id);
    if (index >= 0) this.items.splice(index, 1);
  }

  total(): number {
    let sum = 0;
    for (const item of this.items) {
      const price = item.price * item.count;
      sum += price - price * item.discount;
    }
    return Math.round(sum * 100) / 100;
  }

  clear(): void {
    this.items.length = 0;
  }
}`;

const REPORT = `def read_rows(path):
    rows = []
    with open(path) as file:
        for line in file:
            value = line.strip().split(",")
            rows.append(value)
    return rows


def average(rows, column):
    total = 0
    count = 0
    for value in rows:
        total = total + float(value[column])
        count = count + 1
    if count == 0:
        return 0
    return total / count


def largest(rows, column):
    best = None
    for value in rows:
        number = float(value[column])
        if best is None or number > best:
            best = number
    return best


def report(path):
    rows = read_rows(path)
    print("rows", len(rows))
    print("average", average(rows, 2))
    print("largest", largest(rows, 2))`;

const headOf = (text: string, lines: number): string => `${text.split('\n').slice(0, lines).join('\n')}\n`;
const python = { path: 'report.py', languageId: 'python', text: REPORT };
const typescript = { path: 'src/cart.ts', languageId: 'typescript', text: CART };

export const editTasks: readonly EditTask[] = [
  { ...typescript, name: 'copy, TypeScript', instruction: 'Repeat this code exactly.', begun: '' },
  { ...python, name: 'copy, Python', instruction: 'Repeat this code exactly.', begun: headOf(REPORT, 6) },
  {
    ...python,
    name: 'rename a variable, Python',
    instruction: 'Repeat this code with `value` renamed to `cells`.',
    begun: headOf(REPORT, 7).replaceAll('value', 'cells'),
  },
  {
    ...typescript,
    name: 'rename a class, TypeScript',
    instruction: 'Repeat this code with `Cart` renamed to `Basket`.',
    begun: headOf(CART, 10).replace('Cart', 'Basket'),
  },
  {
    ...typescript,
    name: 'leave out a method, TypeScript',
    instruction: 'Repeat this code without the method `add`.',
    begun: 'export class Cart {\n  private readonly items: Item[] = [];\n\n  remove(',
  },
];
