/** What following renames costs: a key, and a name that is left, in a file of 10,000 lines. Run: `node dist/test/bench/nextEdit.cjs`. */
import { languageOf } from '../../src/nextEdit/languages';
import { Offer } from '../../src/nextEdit/offer';
import { placesOf } from '../../src/nextEdit/places';
import { Renames } from '../../src/nextEdit/renames';
import { printedSpread, spread } from './lib/spread';

const FUNCTIONS = 1_000;
const ROUNDS = 50;

const part = (index: number): string => `/** Number ${index}: total of \`places\`. */
export function wayLength${index}(places: readonly Place[], options: Options = {}): number {
  let total = 0;
  for (const place of places) {
    total += place.length * (options.factor ?? 1); // total
    if (/^a+$/.test(place.name)) console.log(\`at \${place.name}: \${total}\`, 'total');
  }
  return total;
}
`;
const text = Array.from({ length: FUNCTIONS }, (_, index) => `${part(index)}\n`).join('');
const lines = text.split('\n');

/** Types a name letter by letter over the declaration in the middle of the file, as the editor tells it. @returns milliseconds of each key */
function keys(): number[] {
  const line = lines.findIndex((each, index) => index > lines.length / 2 && each.includes('let total'));
  let now = lines[line] ?? '';
  const renames = new Renames();
  renames.moveTo({ line, text: now, start: 6, end: 11 });
  const places = Array.from({ length: 200 }, (_, index) => ({ offset: index * 1_000, text: 'sum' }));
  const offer = new Offer({ old: 'total', name: 'sum', at: 100 }, places);
  return Array.from('sumOfAllLengths', (letter, index) => {
    const start = 6 + index;
    const end = index === 0 ? 11 : start;
    now = now.slice(0, start) + letter + now.slice(end);
    const before = performance.now();
    renames.change({ line, start, end, text: letter }, now);
    offer.follow({ offset: 50, removed: 0, text: letter });
    renames.moveTo({ line, text: now, start: start + 1, end: start + 1 });
    return performance.now() - before;
  });
}

/** Looks for the places of a name that was left. @returns milliseconds */
function left(): number {
  const language = languageOf('typescript');
  if (language === undefined) throw new Error('typescript is not known');
  const at = text.indexOf('let total', text.length / 2) + 4;
  const typed = `${text.slice(0, at)}sum${text.slice(at + 5)}`;
  const before = performance.now();
  const places = placesOf(language, typed, { old: 'total', name: 'sum', at });
  const took = performance.now() - before;
  if (places.length !== 3) throw new Error(`${places.length} places`);
  return took;
}

console.log(`${lines.length} lines, ${text.length} characters`);
console.log(printedSpread('a key', spread(Array.from({ length: ROUNDS }, keys).flat())));
console.log(printedSpread('a name that is left', spread(Array.from({ length: ROUNDS }, left))));
