/** What the status bar says when a pointer rests on it. */
import type { ClientStatus } from '../client/serverProcess';
import { backendName, escaped } from '../hardware/report';
import type { Missed } from '../model/jobs';

export interface TooltipFacts {
  readonly status: ClientStatus;
  /** Milliseconds of a line, where that was measured. */
  readonly lineMs?: number;
  /** The model that was chosen and is not in use. */
  readonly missed?: Missed;
  readonly isSaving: boolean;
  /** Whether the model runs on another machine than the one that the person sits at. */
  readonly isElsewhere: boolean;
}

type Translate = (message: string, ...args: (string | number)[]) => string;

/** Sentences, each of which has a line of its own. */
export function tooltipLines({ status, lineMs, missed, isSaving, isElsewhere }: TooltipFacts, t: Translate): string[] {
  const lines: string[] = [];
  if (status.state === 'ready') {
    const { model, backend, threads } = status;
    const processor = threads === 1 ? t('processor, one thread') : t('processor, {0} threads', threads);
    const runner = backend === 'cpu' ? processor : backendName(backend, t);
    lines.push(
      isElsewhere
        ? t('{0} on the remote machine, beside your files ({1}). Nothing goes to any other.', model, runner)
        : t('{0} on this machine ({1}). Nothing leaves it.', model, runner),
    );
    if (lineMs !== undefined) lines.push(t('About {0} ms per line here.', Math.round(lineMs)));
    if (status.fallback) lines.push(t('The chosen engine could not start, so the processor is used.'));
  }
  if (status.state === 'asleep') lines.push(t('{0} is not loaded. It is loaded when you write.', status.model));
  if (missed !== undefined) lines.push(missedSentence(missed, t));
  if (isSaving)
    lines.push(
      t(
        'Saving power: nothing is read in advance, suggestions wait for a pause in your typing and are one line long, and the model is unloaded sooner.',
      ),
    );
  return lines;
}

/** As Markdown. What a model is called becomes no link in it, and no picture that is fetched from somewhere. */
export function tooltipText(label: string, lines: readonly string[]): string {
  return [`**Minnow** — ${escaped(label)}`, ...lines.map(escaped)].join('\n\n');
}

function missedSentence({ name, why }: Missed, t: Translate): string {
  return why === 'absent'
    ? t('The chosen model {0} is not on this machine. Choose it again to download it.', name)
    : t('The chosen model {0} could not be loaded. Choose another one; the log says more.', name);
}
