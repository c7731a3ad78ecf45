/** Edits that keep most of their input, in several languages. */
import { CART, LEDGER, PACKAGE, POOL, REPORT, STYLE } from './editTexts';

export interface EditTask {
  readonly name: string;
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly instruction: string;
  /** What the answer is made to begin with: a small model then keeps the input that it would leave out by itself. */
  readonly begun: string;
  /** How many lines of the text it has dealt with by then. */
  readonly done: number;
}

const headOf = (text: string, lines: number): string => `${text.split('\n').slice(0, lines).join('\n')}\n`;
const python = { path: 'report.py', languageId: 'python', text: REPORT };
const typescript = { path: 'src/cart.ts', languageId: 'typescript', text: CART };
const java = { path: 'src/Ledger.java', languageId: 'java', text: LEDGER };
const css = { path: 'card.css', languageId: 'css', text: STYLE };
const go = { path: 'pool.go', languageId: 'go', text: POOL };
const json = { path: 'package.json', languageId: 'json', text: PACKAGE };
const copy = 'Repeat this code exactly.';

/** The change stands in what the answer begins with, as far as that goes; the rest is for the model to keep. */
export const editTasks: readonly EditTask[] = [
  { ...typescript, name: 'copy, TypeScript', instruction: copy, begun: '', done: 0 },
  { ...python, name: 'copy, Python', instruction: copy, begun: headOf(REPORT, 6), done: 6 },
  { ...java, name: 'copy, Java', instruction: copy, begun: headOf(LEDGER, 9), done: 9 },
  {
    ...python,
    name: 'rename a variable, Python',
    instruction: 'Repeat this code with `value` renamed to `cells`.',
    begun: headOf(REPORT, 7).replaceAll('value', 'cells'),
    done: 7,
  },
  {
    ...typescript,
    name: 'rename a class, TypeScript',
    instruction: 'Repeat this code with `Cart` renamed to `Basket`.',
    begun: headOf(CART, 10).replace('Cart', 'Basket'),
    done: 10,
  },
  {
    ...typescript,
    name: 'leave out a method, TypeScript',
    instruction: 'Repeat this code without the method `add`.',
    begun: 'export class Cart {\n  private readonly items: Item[] = [];\n\n  remove(',
    done: 3,
  },
  {
    ...java,
    name: 'raise a limit, Java',
    instruction: 'Repeat this code with a limit of 5000.',
    begun: headOf(LEDGER, 16).replace('1000', '5000'),
    done: 16,
  },
  {
    ...css,
    name: 'change a colour, CSS',
    instruction: 'Repeat this code with the border in #999999.',
    begun: headOf(STYLE, 5).replace('#cccccc', '#999999'),
    done: 5,
  },
  {
    ...go,
    name: 'add a field, Go',
    instruction: 'Repeat this code with a field `name string` in the struct.',
    begun: `${headOf(POOL, 6)}\tname    string\n}\n`,
    done: 7,
  },
  {
    ...json,
    name: 'raise a version, JSON',
    instruction: 'Repeat this code with version 2.0.0.',
    begun: headOf(PACKAGE, 6).replace('1.4.0', '2.0.0'),
    done: 6,
  },
];
