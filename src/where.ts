/** On which machine Minnow runs where the files lie on another one. VS Code decides it, by its setting `remote.extensionKind`. */
import type { Memory } from './client/modelFile';

/** `ui`: with the person. `workspace`: with the files. */
export type Kind = 'ui' | 'workspace';

/** What `chooseWhere` needs of a window. */
export interface WhereParts {
  /** Identifier of the extension. */
  readonly id: string;
  /** Whether both sides can run it: there is a remote machine, and VS Code is more than a page in a browser. */
  readonly hasTwoSides: boolean;
  /** Where it runs now. */
  readonly now: Kind;
  readonly t: (message: string, ...args: string[]) => string;
  readonly pick: (rows: readonly Row[], title: string) => Thenable<Row | undefined>;
  /** The person's own value of the setting. */
  readonly read: () => unknown;
  /** For the person, in all windows. @throws Error with the editor's own sentence where the settings cannot be written */
  readonly write: (value: Readonly<Record<string, unknown>>) => Thenable<void>;
  /** Shows a sentence. @returns the button that was pressed */
  readonly tell: (sentence: string, ...buttons: string[]) => Thenable<string | undefined>;
  readonly complain: (sentence: string) => Thenable<unknown>;
  readonly showExtension: () => Thenable<unknown>;
  readonly reload: () => Thenable<unknown>;
}

export interface Row {
  readonly place: Kind;
  readonly label: string;
  readonly detail: string;
  readonly description?: string;
}

/** Asks where models shall run, keeps it, and says what is left to do. */
export async function chooseWhere(parts: WhereParts): Promise<void> {
  const { hasTwoSides, now, t, pick, tell } = parts;
  if (!hasTwoSides)
    return void (await tell(t('In this window there is one machine that can run models. There is nothing to choose.')));
  const chosen = await pick(rowsFor(now, t), t('Where should models run?'));
  if (chosen !== undefined && (await keep(chosen.place, parts))) await goOn(chosen.place, parts);
}

/** @returns whether it was kept */
async function keep(place: Kind, { id, t, read, write, complain }: WhereParts): Promise<boolean> {
  const value = withKind(id, place, read());
  try {
    if (value !== undefined) await write(value);
    return true;
  } catch (error) {
    // The editor's own sentence: the settings cannot be written.
    if (!(error instanceof Error)) throw error;
    await complain(t('The setting remote.extensionKind could not be saved. {0}', error.message));
    return false;
  }
}

/** VS Code tells nobody what is installed on the other side, so the person is shown where to see it. */
async function goOn(place: Kind, { now, t, tell, showExtension, reload }: WhereParts): Promise<void> {
  const anew = t('Reload the Window');
  const install = t('Show the Extension');
  if (place === now)
    return void (await tell(
      place === 'ui' ? t('Models run on this machine.') : t('Models run on the remote machine.'),
    ));
  const sentence =
    place === 'ui'
      ? t('Models will run on this machine once Minnow is installed here and the window is reloaded.')
      : t('Models will run on the remote machine once Minnow is installed there and the window is reloaded.');
  const pressed = await tell(sentence, anew, install);
  if (pressed === anew) await reload();
  if (pressed === install) await showExtension();
}

function rowsFor(now: Kind, t: WhereParts['t']): readonly Row[] {
  const rows = [
    {
      place: 'ui' as const,
      label: t('On my machine'),
      detail: t('Models run on the machine that you sit at. Git’s changes cannot be seen.'),
    },
    {
      place: 'workspace' as const,
      label: t('On the remote machine'),
      detail: t('Models are downloaded to the remote machine, and run on its processor or graphics card.'),
    },
  ];
  return rows.map((row) => (row.place === now ? { ...row, description: t('now') } : row));
}

/**
 * The setting with our extension in it: first where it shall run, then where it runs as long as it is installed on that side only. Undefined
 * where it says so already.
 */
export function withKind(id: string, kind: Kind, before: unknown): Readonly<Record<string, unknown>> | undefined {
  const known = typeof before === 'object' && before !== null ? before : {};
  // VS Code does not tell capitals in identifiers apart.
  const others = Object.entries(known).filter(([name]) => name.toLowerCase() !== id.toLowerCase());
  const said: unknown = Object.entries(known).find(([name]) => name.toLowerCase() === id.toLowerCase())?.[1];
  const wished = kind === 'ui' ? ['ui', 'workspace'] : ['workspace', 'ui'];
  const isSaid = Array.isArray(said) && said.length === 2 && said.every((each, at) => each === wished[at]);
  return isSaid ? undefined : Object.fromEntries([...others, [id, wished]]);
}

/** The part of what is remembered that is about one machine. @param machine its name */
export function partOf(memory: Memory, machine: string): Memory {
  const inPart = (key: string): string => `${machine}: ${key}`;
  return { get: (key) => memory.get(inPart(key)), update: (key, value) => memory.update(inPart(key), value) };
}
