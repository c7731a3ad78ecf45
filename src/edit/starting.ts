/** How edits begin: by an instruction that is typed, or by one that is ready. */
import * as vscode from 'vscode';
import type { ContextItem } from '../../server/chatProtocol';
import { instructionsItem, problemsIn, problemsItem } from './aiming';
import { type AskingParts, askFor } from './asking';
import type { OpenEdit } from './edits';
import { expanded, READY, type Slash } from './instructions';
import { activeMeant, givenMeant, isGivenTarget, type Meant, type MeantParts, meantIn, say } from './meant';
import type { Running } from './running';

export interface StartingParts extends MeantParts, AskingParts {
  readonly running: Running;
}

/** Asks for an instruction about the selection, or what the cursor is in, and begins. */
export async function start(parts: StartingParts): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const meaning = meantIn(editor, parts);
  const reading = new AbortController();
  const instruction = await askFor(editor, meaning, parts, reading.signal);
  // What was read for an edit that comes is not in vain.
  if (instruction === undefined) reading.abort();
  const meant = await meaning;
  if (meant === undefined) return;
  const slash = /^\/\w+/.exec(instruction ?? '')?.[0];
  if (instruction === undefined) meant.dispose();
  else if (slash === '/tests') await tests(meant, expanded(instruction), parts);
  else
    await begin(meant, expanded(instruction), slash === '/fix' ? problemsIn(meant.document, meant.range) : [], parts);
}

/** Begins with a ready instruction. @param given by a code action; menus give something else, which is ignored */
export async function startReady(slash: Slash, given: unknown, parts: StartingParts): Promise<void> {
  const isGiven = isGivenTarget(given);
  const meant = isGiven ? await givenMeant(slash, given, parts) : await activeMeant(slash, parts);
  if (meant === undefined) return;
  if (slash === '/tests') return tests(meant, READY[slash], parts);
  const problems = isGiven && given.problems !== '' ? [problemsItem(given.problems)] : undefined;
  await begin(
    meant,
    READY[slash],
    slash === '/fix' ? (problems ?? problemsIn(meant.document, meant.range)) : [],
    parts,
  );
}

/** Where the lines are now: what the model shall know was not there at once. */
async function begin(
  meant: Meant,
  instruction: string,
  items: readonly ContextItem[],
  { running, instructions }: StartingParts,
): Promise<void> {
  const isFree = await running.makeRoom(meant.document);
  const context = isFree ? [...instructionsItem(await instructions(meant.document)), ...items] : items;
  const { document, range } = meant;
  meant.dispose();
  if (!isFree) return;
  if (range === undefined) lost();
  else await running.begin({ document, range, instruction, context });
}

/** Asks what should change further in what is proposed. */
export async function startFollowUp(edit: OpenEdit, parts: StartingParts): Promise<void> {
  const { t } = vscode.l10n;
  const instruction = await parts.input.ask({
    title: t('Change It Further'),
    placeholder: t('What should be different in what is proposed?'),
    hasCode: false,
  });
  if (instruction !== undefined) await parts.running.followUp(edit, expanded(instruction));
}

/** Tests come to a file of their own, which the person keeps where tests are kept. */
async function tests(meant: Meant, instruction: string, { running, instructions }: StartingParts): Promise<void> {
  const { document: code, range } = meant;
  meant.dispose();
  if (range === undefined) return lost();
  const { languageId } = code;
  const title = vscode.workspace.asRelativePath(code.uri, false);
  const last = Math.min(range.first + range.count, code.lineCount) - 1;
  const text = code.getText(new vscode.Range(range.first, 0, last, Number.MAX_SAFE_INTEGER));
  const item: ContextItem = { id: 'code', title, text, languageId, priority: 1 };
  const context = [...instructionsItem(await instructions(code)), item];
  const document = await vscode.workspace.openTextDocument({ language: languageId, content: '' });
  await vscode.window.showTextDocument(document);
  const empty = { first: 0, count: 1 };
  await running.begin({ document, range: empty, instruction: `${instruction} It is in ${title}.`, context });
}

function lost(): void {
  say(vscode.l10n.t('These lines have changed meanwhile. Select them and ask again.'));
}
