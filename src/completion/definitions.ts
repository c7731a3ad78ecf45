/** What the names near the cursor stand for, as the editor's own language features know it: the first lines of their definitions elsewhere. */
import * as vscode from 'vscode';
import type { Piece } from '../../server/protocol';
import { isBinary, MOST_BYTES } from '../privacy/content';
import type { Readable } from '../privacy/readable';

/** Lines above and below the cursor that are looked at. */
const ABOVE = 8;
const BELOW = 2;
const MOST_NAMES = 8;
const MOST_PIECES = 6;
/** A definition's first lines tell how it is used. */
const LINES = 6;
/** Language features that take longer are not waited for, in milliseconds. */
const TIME_LIMIT = 400;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

/** Definitions in other files of the workspace, never in secret or ignored ones. Answers within its time limit with what is known by then. */
export async function definitionsNear(
  document: vscode.TextDocument,
  position: vscode.Position,
  readable: Readable,
): Promise<Piece[]> {
  const places = namesNear(document, position);
  const found: vscode.Location[] = [];
  const asking = places.map(async (place) => found.push(...(await definitionsOf(document, place))));
  await Promise.race([Promise.allSettled(asking), new Promise((resolve) => setTimeout(resolve, TIME_LIMIT))]);
  const others = unique(found).filter(({ uri }) => uri.toString() !== document.uri.toString());
  const open = new Set((await readable.of(others.map(({ uri }) => uri))).map(String));
  const elsewhere = others.filter(({ uri }) => open.has(uri.toString()));
  const pieces = await Promise.all(elsewhere.slice(0, MOST_PIECES).map(firstLines));
  return pieces.filter(({ text }) => text.trim() !== '');
}

/** Where names stand near the cursor, each once, the nearest line first. */
function namesNear(document: vscode.TextDocument, { line }: vscode.Position): vscode.Position[] {
  const lines = Array.from({ length: ABOVE + BELOW + 1 }, (_, index) => line - ABOVE + index)
    .filter((each) => each >= 0 && each < document.lineCount)
    .toSorted((a, b) => Math.abs(a - line) - Math.abs(b - line));
  const places = new Map<string, vscode.Position>();
  for (const each of lines)
    for (const { 0: name, index } of document.lineAt(each).text.matchAll(NAME))
      if (!places.has(name)) places.set(name, new vscode.Position(each, index));
  return [...places.values()].slice(0, MOST_NAMES);
}

async function definitionsOf(document: vscode.TextDocument, place: vscode.Position): Promise<vscode.Location[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    place,
  );
  return found.map((each) => ('uri' in each ? each : new vscode.Location(each.targetUri, each.targetRange)));
}

function unique(locations: readonly vscode.Location[]): vscode.Location[] {
  return [...new Map(locations.map((each) => [`${each.uri.toString()}#${each.range.start.line}`, each])).values()];
}

async function firstLines({ uri, range }: vscode.Location): Promise<Piece> {
  const lines = (await textOf(uri)).split(/\r?\n/).slice(range.start.line, range.start.line + LINES);
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === '');
  return {
    path: vscode.workspace.asRelativePath(uri, false),
    text: `${lines.slice(0, end < 0 ? LINES : end).join('\n')}\n`,
  };
}

/** '' for what is too large to be read, or no text. */
async function textOf(uri: vscode.Uri): Promise<string> {
  if ((await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) return '';
  const bytes = await vscode.workspace.fs.readFile(uri);
  return isBinary(bytes) ? '' : new TextDecoder().decode(bytes);
}
