/**
 * A block of code from a chat comes to its place in a file: by its lines or its definition where that is without doubt, and only else by the
 * model, which is asked to write the file with it. Either way it is proposed as every edit is, and taken by the person.
 */
import * as vscode from 'vscode';
import type { EditClient } from '../client/editClient';
import { whyNot } from './accepting';
import { namesIn, namesOf } from './aiming';
import { linesOf } from './lines';
import type { MeantParts } from './meant';
import { type Placed, placeBlock } from './placeBlock';
import type { Running } from './running';

/**
 * `proposed`: the person has it before them. `same`: the file has it. `readOnly`: it cannot be changed. `unclear`: its place is not known. `kept`: the
 * person keeps the edit that the file has already.
 */
export type Applied = 'proposed' | 'same' | 'readOnly' | 'unclear' | 'kept';

/** @param codes the block, and what else may be meant by it, in the order in which they are tried */
export type Apply = (document: vscode.TextDocument, codes: readonly string[]) => Promise<Applied>;

/** Longer files are not written anew for a block, in lines. */
const MOST_LINES = 3_000;

export interface ApplierParts extends MeantParts {
  readonly running: Running;
}

export function applierOf({ client, running, schemes, isClosed }: ApplierParts): Apply {
  const apply: Apply = async (document, codes) => {
    const why = await whyNot(document, schemes);
    if (why !== undefined) return why === 'readOnly' ? 'readOnly' : 'unclear';
    const { version } = document;
    const placed = await placeOf(document, codes, client);
    const [code] = codes;
    if (placed?.kind === 'misplaced' && placed.why === 'same') return 'same';
    const isKnown = placed?.kind === 'placed';
    // Its place is found without a model; to be written anew it would be read by one.
    if (!isKnown && (await isClosed(document.uri))) return 'unclear';
    if (code === undefined || (!isKnown && document.lineCount > MOST_LINES)) return 'unclear';
    if (!(await running.makeRoom(document))) return 'kept';
    await vscode.window.showTextDocument(document);
    // The place was one in the text as it was.
    if (document.version !== version) return apply(document, codes);
    const count = linesOf(document.getText()).length;
    const ask = isKnown ? { range: placed.range, lines: placed.lines } : { range: { first: 0, count } };
    // The model may write for minutes: the one who asked is not kept waiting for it.
    void running.begin({ document, instruction: instructionFor(codes.at(-1) ?? code), context: [], ...ask });
    return 'proposed';
  };
  return apply;
}

/** The first place that one of them has. */
async function placeOf(
  document: vscode.TextDocument,
  codes: readonly string[],
  client: EditClient,
): Promise<Placed | undefined> {
  const file = linesOf(document.getText());
  const names = await namesIn(document, client);
  let first: Placed | undefined;
  for (const code of codes) {
    const block = { lines: linesOf(code), names: await namesOf(document.languageId, code, client) };
    const placed = placeBlock(file, names, block);
    if (placed.kind === 'placed' || placed.why === 'same') return placed;
    first ??= placed;
  }
  return first;
}

/** For a model, so in English. */
function instructionFor(code: string): string {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`{3,}/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `Apply this code to the file where it belongs. Keep everything else exactly as it is.\n\n${fence}\n${code}\n${fence}`;
}
