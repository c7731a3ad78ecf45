/** What a name stands for, as context: where the language features of the editor know it, else where the word stands. */
import * as vscode from 'vscode';
import type { Readable } from '../../privacy/readable';
import { orAborted } from './aborting';
import { type Found, found, itemOf, missing } from './kinds';
import { withLines } from './paths';
import { nameOf } from './places';
import { readText } from './readText';
import type { ProjectSearch } from './search/projectSearch';
import { linesOf } from './text';

const MOST = 3;
/** Lines of a definition whose end is not known, and of any. */
const LINES = 40;
const MOST_LINES = 200;
/** Language features that take longer are not waited for, in milliseconds. */
const TIME_LIMIT = 5_000;

interface Place {
  readonly uri: vscode.Uri;
  readonly lines: readonly [first: number, last: number];
}

export async function readSymbol(
  name: string,
  { allowed, search }: { readonly allowed: Readable; readonly search: ProjectSearch },
  signal: AbortSignal,
): Promise<Found> {
  const exact = (await symbolsNamed(name, signal)).filter((symbol) => isNamed(symbol, name));
  const open = new Set((await allowed.of(exact.map(({ location }) => location.uri))).map(String));
  const known = exact.filter(({ location }) => open.has(location.uri.toString())).slice(0, MOST);
  const places = await Promise.all(known.map((symbol) => wholeOf(symbol, signal)));
  const read = await piecesAt(places.length > 0 ? places : await wordPlaces(name, search, signal), name);
  return read.items.length > 0 ? read : missing(vscode.l10n.t('The symbol {0} was not found in the project.', name));
}

/** Those whose name holds the letters, as the language features say; none where they take too long. */
export async function symbolsNamed(query: string, signal: AbortSignal): Promise<readonly vscode.SymbolInformation[]> {
  const last = query.slice(query.lastIndexOf('.') + 1);
  return await asked<vscode.SymbolInformation>('vscode.executeWorkspaceSymbolProvider', last, signal);
}

/** What language features answer; nothing where they take too long or fail, which is their extension's matter. */
async function asked<T>(command: string, about: unknown, signal: AbortSignal): Promise<readonly T[]> {
  const answer = vscode.commands.executeCommand<T[] | undefined>(command, about).then(
    (found) => found ?? [],
    () => [],
  );
  const late = new Promise<T[]>((resolve) => setTimeout(() => resolve([]), TIME_LIMIT));
  return await orAborted(Promise.race([answer, late]), signal);
}

/** `Basket.total` is the `total` of a `Basket`. */
function isNamed(symbol: vscode.SymbolInformation, written: string): boolean {
  const plain = symbol.name.replace(/\(.*$/, '');
  const last = written.slice(written.lastIndexOf('.') + 1);
  if (plain === written) return true;
  return plain === last && (last === written || `${symbol.containerName}.`.endsWith(written.slice(0, -last.length)));
}

/** Many features tell only where the name stands: the outline of the file has the whole. */
async function wholeOf({ location: { uri, range } }: vscode.SymbolInformation, signal: AbortSignal): Promise<Place> {
  const first = range.start.line;
  if (range.end.line > first) return { uri, lines: [first, Math.min(range.end.line, first + MOST_LINES)] };
  const outline = await asked<DocumentOutline>('vscode.executeDocumentSymbolProvider', uri, signal);
  const whole = innermost(outline, range.start);
  const last = whole === undefined || whole.end.line === whole.start.line ? first + LINES : whole.end.line;
  const start = whole?.start.line ?? first;
  return { uri, lines: [start, Math.min(last, start + MOST_LINES)] };
}

type DocumentOutline = vscode.DocumentSymbol | vscode.SymbolInformation;

function innermost(symbols: readonly DocumentOutline[], at: vscode.Position): vscode.Range | undefined {
  for (const symbol of symbols) {
    if (!('children' in symbol)) continue;
    const inside = innermost(symbol.children, at);
    if (inside !== undefined) return inside;
    if (symbol.selectionRange.contains(at)) return symbol.range;
  }
  return undefined;
}

async function wordPlaces(name: string, search: ProjectSearch, signal: AbortSignal): Promise<Place[]> {
  const { hits } = await search.find(name, MOST, signal);
  return hits.flatMap(({ path, lines }) => {
    const uri = search.uriOf(path);
    return uri === undefined ? [] : [{ uri, lines }];
  });
}

async function piecesAt(places: readonly Place[], name: string): Promise<Found> {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const read = await Promise.all(
    places.map(async ({ uri, lines }, rank) => {
      const file = await readText(uri);
      const text = typeof file === 'string' ? '' : linesOf(file.text, lines);
      const languageId = typeof file === 'string' ? undefined : file.languageId;
      return text.includes(last)
        ? [itemOf('symbol', { name: withLines(nameOf(uri), lines), text, languageId, rank })]
        : [];
    }),
  );
  return found(...read.flat());
}
