/** What the editor has found wrong, as context. */
import * as vscode from 'vscode';
import type { Readable } from '../../privacy/readable';
import { type Found, found, itemOf, missing } from './kinds';
import { nameOf } from './places';
import { gravest, type Problem, problemText, touches } from './problemList';
import { readText } from './readText';

/** Where to look; without lines the whole file. */
export interface Where {
  readonly uri: vscode.Uri;
  readonly lines?: readonly [first: number, last: number] | undefined;
}

/** Those of the active file, else of the project. */
export async function readProblems(allowed: Readable): Promise<Found> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const here = uri === undefined ? [] : vscode.languages.getDiagnostics(uri);
  if (uri !== undefined && here.length > 0 && (await allowed.hasShown(uri)))
    return await foundOf(problemsOf(uri, here));
  const all = vscode.languages.getDiagnostics().filter(([, diagnostics]) => diagnostics.length > 0);
  const open = new Set((await allowed.of(all.map(([each]) => each))).map(String));
  const listed = all.filter(([each]) => open.has(each.toString())).flatMap(([each, some]) => problemsOf(each, some));
  return listed.length > 0 ? await foundOf(listed) : missing(vscode.l10n.t('The editor shows no problems.'));
}

/** Those that touch what a question is about; nothing where there are none. */
export async function problemsIn(places: readonly Where[]): Promise<Found> {
  const touched = places.flatMap(({ uri, lines }) =>
    problemsOf(uri, vscode.languages.getDiagnostics(uri)).filter((problem) => touches(problem, lines)),
  );
  return touched.length > 0 ? await foundOf(touched) : found();
}

interface Located extends Problem {
  readonly uri: vscode.Uri;
}

function problemsOf(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): Located[] {
  // Hints are drawn faintly at most: nobody calls them problems.
  const told = diagnostics.filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
  return told.map(({ range, severity, message, code, source = '' }) => {
    const value = typeof code === 'object' ? code.value : code;
    const [first, last] = [range.start.line, range.end.line];
    return { uri, path: nameOf(uri), first, last, severity, message, code: `${source} ${value ?? ''}`.trim() };
  });
}

async function foundOf(problems: readonly Located[]): Promise<Found> {
  const shown = gravest(problems);
  const uris = new Map(shown.map(({ uri }) => [uri.toString(), uri]));
  const read = await Promise.all(Array.from(uris, async ([key, uri]) => [key, await lines(uri)] as const));
  const linesOf = new Map(read);
  const texts = shown.map((problem) => problemText(problem, (line) => linesOf.get(problem.uri.toString())?.[line]));
  const item = itemOf('problems', {
    name: shown.map(({ uri, first }) => `${uri}:${first}`).join(' '),
    text: texts.join('\n\n'),
  });
  const more = vscode.l10n.t('{0} of {1} problems were looked at, the worst first.', shown.length, problems.length);
  return { items: [item], missing: shown.length < problems.length ? [more] : [] };
}

async function lines(uri: vscode.Uri): Promise<readonly string[]> {
  const read = await readText(uri);
  return typeof read === 'string' ? [] : read.text.split(/\r\n|\r|\n/);
}
