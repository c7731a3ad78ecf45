/** What Minnow is doing, in one glance. */
import type { ClientStatus } from '../client/serverProcess';

export interface Facts {
  readonly status: ClientStatus;
  /** What is wrong, in a sentence. */
  readonly problem?: string;
  /** Why nothing comes by itself here, in a sentence. */
  readonly off?: string;
  /** Until when completions are paused, in a sentence. */
  readonly paused?: string;
  /** Something is being answered that takes its time. */
  readonly isBusy: boolean;
  readonly isSaving: boolean;
  /** How far the downloads are, in percent; NaN where that is not known. */
  readonly fetching?: number;
}

export type State = 'problem' | 'loading' | 'thinking' | 'paused' | 'off' | 'saving' | 'ready';

export interface Face {
  readonly state: State;
  /** As the status bar shows it, with its icon. */
  readonly text: string;
  /** A word or a sentence, read out after the name. */
  readonly label: string;
}

type Translate = (message: string, ...args: string[]) => string;

const ICONS: Readonly<Record<State, string>> = {
  problem: 'warning',
  loading: 'loading~spin',
  thinking: 'sync~spin',
  paused: 'debug-pause',
  off: 'circle-slash',
  saving: 'zap',
  ready: 'sparkle',
};

export function faceOf(facts: Facts, t: Translate): Face {
  const state = stateOf(facts);
  const label = labelOf(state, facts, t);
  const { fetching } = facts;
  const percent = facts.status.state === 'loading' && state === 'loading' ? ` ${percentOf(facts.status.percent)}%` : '';
  const cloud = fetching === undefined ? '' : ` $(cloud-download)${Number.isNaN(fetching) ? '' : ` ${fetching}%`}`;
  return {
    state,
    text: `$(${ICONS[state]}) Minnow${percent}${cloud}`,
    label: fetching === undefined ? label : `${label}, ${t('downloading')}`,
  };
}

/** The first that holds: what needs a person, what makes them wait, what explains silence. */
function stateOf({ status, problem, off, paused, isBusy, isSaving }: Facts): State {
  if (problem !== undefined) return 'problem';
  if (status.state === 'loading') return 'loading';
  if (isBusy) return 'thinking';
  if (paused !== undefined) return 'paused';
  if (off !== undefined) return 'off';
  return isSaving ? 'saving' : 'ready';
}

function labelOf(state: State, { status, problem = '', off = '', paused = '' }: Facts, t: Translate): string {
  switch (state) {
    case 'problem':
      return t('problem: {0}', problem);
    case 'loading':
      return status.state === 'loading' ? t('loading, {0} percent', String(percentOf(status.percent))) : t('loading');
    case 'thinking':
      return t('thinking');
    case 'paused':
      return t('paused: {0}', paused);
    case 'off':
      return t('off here: {0}', off);
    case 'saving':
      return status.state === 'asleep' ? t('not loaded, saving power') : t('ready, saving power');
    case 'ready':
      return status.state === 'asleep' ? t('not loaded') : t('ready');
  }
}

function percentOf(percent: number): number {
  return Math.max(0, Math.min(100, Math.floor(percent)));
}
