/** How suggestions fared, by language. Kept on this machine, shown on request, forgotten on request. */
import * as vscode from 'vscode';
import type { Settled } from '../../server/protocol';
import type { Client } from '../client/client';

interface Count {
  readonly accepted: number;
  readonly typedThrough: number;
  readonly refused: number;
  /** Characters of what was accepted or typed through. */
  readonly characters: number;
}

type Counts = Readonly<Record<string, Count>>;

const KEY = 'completion.counts';

/** The counts with one more. */
export function counted(counts: Counts, { languageId, outcome, characters }: Settled): Counts {
  const old = counts[languageId] ?? { accepted: 0, typedThrough: 0, refused: 0, characters: 0 };
  const won = outcome === 'refused' ? 0 : characters;
  return { ...counts, [languageId]: { ...old, [outcome]: old[outcome] + 1, characters: old.characters + won } };
}

export function registerCounts(client: Client, memory: vscode.Memento): vscode.Disposable {
  let counts = memory.get<Counts>(KEY, {});
  const keep = (next: Counts): void => {
    counts = next;
    void memory.update(KEY, next);
  };
  return vscode.Disposable.from(
    client.onDidSettle((settled) => keep(counted(counts, settled))),
    vscode.commands.registerCommand('minnow.completion.showCounts', () => show(counts, () => keep({}))),
  );
}

async function show(counts: Counts, reset: () => void): Promise<void> {
  const rows = Object.entries(counts).toSorted(([, a], [, b]) => total(b) - total(a));
  const forget: vscode.QuickPickItem = { label: `$(trash) ${vscode.l10n.t('Forget these counts')}` };
  const items = [...rows.map(([language, count]) => row(language, count)), ...(rows.length > 0 ? [forget] : [])];
  const placeHolder =
    rows.length > 0 ? vscode.l10n.t('Kept on this machine only.') : vscode.l10n.t('No suggestion was shown yet.');
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('How suggestions fared'),
    placeHolder,
  });
  if (chosen === forget) reset();
}

function row(language: string, count: Count): vscode.QuickPickItem {
  const { accepted, typedThrough, refused, characters } = count;
  const share = Math.round((100 * (accepted + typedThrough)) / total(count));
  return {
    label: language,
    description: vscode.l10n.t('{0}% of {1} taken', share, total(count)),
    detail: vscode.l10n.t(
      '{0} accepted, {1} typed through, {2} passed over, {3} characters',
      accepted,
      typedThrough,
      refused,
      characters,
    ),
  };
}

function total({ accepted, typedThrough, refused }: Count): number {
  return accepted + typedThrough + refused;
}
