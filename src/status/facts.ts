/** What the status bar, its tooltip and its menu are made of, collected. No decisions. */
import * as vscode from 'vscode';
import type { ChatClient } from '../client/chatClient';
import type { Client } from '../client/client';
import { clock } from '../clock';
import type { GhostText } from '../completion/ghostText';
import { isLanguageOn } from '../completion/policy';
import { reasonFor } from '../completion/silence';
import type { Snooze } from '../completion/snooze';
import { standingOff } from '../completion/standing';
import { untilWords } from '../completion/untilWords';
import type { Downloads } from '../download/downloads';
import { problemSentence } from '../errors';
import type { Jobs } from '../model/jobs';
import type { Measurements } from '../model/measurements';
import type { Power } from '../power/power';
import type { Readable } from '../privacy/readable';
import { hasTwoSides } from '../remote';
import { codeSchemes } from '../schemes';
import type { SettingsSource } from '../settings';
import type { Busy } from './busy';
import type { Facts } from './face';
import type { Figures } from './figures';
import type { MenuFacts } from './menu';
import type { TooltipFacts } from './tooltip';

export interface StatusParts {
  readonly client: Client;
  readonly chat: ChatClient;
  readonly settings: SettingsSource;
  readonly readable: Readable;
  readonly snooze: Snooze;
  readonly power: Power;
  readonly busy: Busy;
  readonly ghostText: GhostText;
  readonly downloads: Downloads;
  readonly jobs: Jobs;
  readonly measurements: Measurements;
  /** On which side Minnow runs, where the files lie on another machine. */
  readonly extensionKind: vscode.ExtensionKind;
}

export function factsOf(parts: StatusParts): Facts {
  const { client, settings, busy, power, downloads } = parts;
  const problem = problemSentence(client.status);
  const document = vscode.window.activeTextEditor?.document;
  const off = standingOff(document, parts);
  // What is off for good is not what a pause keeps back.
  const paused = settings.current.completion.enabled ? pausedSentence(parts) : undefined;
  const fetching = percentOf(downloads);
  return {
    status: client.status,
    ...(problem === undefined ? {} : { problem }),
    ...(off === undefined ? {} : { off: reasonFor(off, document?.languageId ?? '').sentence }),
    ...(paused === undefined ? {} : { paused }),
    isBusy: busy.isBusy,
    isSaving: power.isSaving,
    ...(fetching === undefined ? {} : { fetching }),
  };
}

export function tooltipFacts({ client, jobs, measurements, power, extensionKind }: StatusParts): TooltipFacts {
  const measured = measurements.of(client.process);
  const missed = jobs.missed('completion');
  return {
    status: client.status,
    ...(measured === undefined ? {} : { lineMs: measured.lineMs }),
    ...(missed === undefined ? {} : { missed }),
    isSaving: power.isSaving,
    isElsewhere: vscode.env.remoteName !== undefined && extensionKind === vscode.ExtensionKind.Workspace,
  };
}

/** @param why as `whyNothing` says it */
export function menuFacts(parts: StatusParts, figures: Figures, why: string): MenuFacts {
  const { client, chat, settings, snooze, downloads, jobs, measurements } = parts;
  const document = vscode.window.activeTextEditor?.document;
  const id = document && codeSchemes().includes(document.uri.scheme) ? document.languageId : undefined;
  const { enabled, languages } = settings.current.completion;
  const measured = measurements.of(client.process);
  return {
    why,
    enabled,
    ...(id === undefined ? {} : { language: { id, isOn: isLanguageOn(id, languages) } }),
    isPaused: snooze.until !== undefined,
    model: jobs.processOf('completion')?.model.model.name ?? '',
    chatModel: chat.model?.name ?? '',
    ...(measured === undefined ? {} : { lineMs: measured.lineMs }),
    ...(figures.ms === undefined ? {} : { answerMs: figures.ms }),
    ...(figures.reused === undefined ? {} : { reused: figures.reused }),
    hasDownloads: downloads.running.length > 0,
    isRemote: hasTwoSides(),
  };
}

function pausedSentence({ snooze: { until } }: StatusParts): string | undefined {
  if (until === undefined) return undefined;
  return untilWords(until, { now: clock.now(), locale: vscode.env.language, t: vscode.l10n.t });
}

/** How far the downloads are, all together; NaN where that is not known, undefined where there are none. */
function percentOf({ running }: Downloads): number | undefined {
  if (running.length === 0) return undefined;
  const known = running.flatMap(({ progress }) => (progress?.bytes ? [progress] : []));
  const bytes = known.reduce((sum, progress) => sum + (progress.bytes ?? 0), 0);
  const received = known.reduce((sum, progress) => sum + progress.received, 0);
  return bytes === 0 ? Number.NaN : Math.floor((received / bytes) * 100);
}
