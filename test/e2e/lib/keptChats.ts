/** What Minnow keeps of conversations on the disk: there a test sees what the model was given. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Session } from './session';
import { until } from './until';

export interface KeptItem {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface KeptExchange {
  readonly question: { readonly text: string; readonly attachments: readonly { readonly label: string }[] };
  /** What the model was given. */
  readonly prompt?: { readonly text: string; readonly context: readonly KeptItem[] };
  readonly answer: { readonly state: string; readonly text: string; readonly notes: readonly string[] };
}

/** Files of conversations, the newest first. */
export function keptFiles({ folder }: Session): readonly string[] {
  const user = path.join(folder, '../profile/user-data/User');
  const names = readdirSync(user, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /minnow\.minnow[\\/]chats[\\/][^\\/]*\.json$/.test(name));
  const changed = new Map(files.map((name) => [name, statSync(path.join(user, name)).mtimeMs]));
  return files.toSorted((a, b) => (changed.get(b) ?? 0) - (changed.get(a) ?? 0)).map((name) => path.join(user, name));
}

/** The last exchange of the conversation that was kept last; undefined while none is kept. */
export function lastKept(session: Session): KeptExchange | undefined {
  const [file] = keptFiles(session);
  if (file === undefined) return undefined;
  const { exchanges }: { readonly exchanges: readonly KeptExchange[] } = JSON.parse(readFileSync(file, 'utf8'));
  return exchanges.at(-1);
}

/** Waits until a question that ends so is kept with what the model was given for it. */
export function keptPrompt(
  session: Session,
  question: string,
): Promise<KeptExchange & Required<Pick<KeptExchange, 'prompt'>>> {
  const ask = () => {
    const last = lastKept(session);
    return last?.question.text.trimEnd().endsWith(question.trimEnd()) && last.prompt
      ? { ...last, prompt: last.prompt }
      : undefined;
  };
  return until(ask, { timeout: 60_000, what: `the prompt of ${question}` });
}

/** All that the model was given for a question, in one string. */
export function shownToModel({ prompt }: Pick<KeptExchange, 'prompt'>): string {
  return [prompt?.text, ...(prompt?.context ?? []).flatMap(({ title, text }) => [title, text])].join('\n');
}
