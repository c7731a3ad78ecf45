/** What the menu behind the status bar holds, in its sections. */
export interface MenuFacts {
  /** Why nothing was suggested, or how the last suggestion came about, in a sentence. */
  readonly why: string;
  readonly enabled: boolean;
  /** Of the document that is written in; undefined where there is none. */
  readonly language?: { readonly id: string; readonly isOn: boolean };
  readonly isPaused: boolean;
  /** The model that completes, and the one for chat; '' where there is none. */
  readonly model: string;
  readonly chatModel: string;
  /** Milliseconds of a line, where that was measured. */
  readonly lineMs?: number;
  /** Milliseconds that a suggestion usually took in this window. */
  readonly answerMs?: number;
  /** Tokens that need not be read again, of all, from 0 to 1. */
  readonly reused?: number;
  readonly hasDownloads: boolean;
  /** Whether the window's folders are on another machine. */
  readonly isRemote: boolean;
}

export interface Entry {
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  readonly command: string;
  readonly args?: readonly unknown[];
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

type Translate = (message: string, ...args: string[]) => string;

export function menuOf(facts: MenuFacts, t: Translate): readonly Section[] {
  return [
    { title: t('Completions'), entries: completions(facts, t) },
    { title: t('Model'), entries: models(facts, t) },
    { title: t('More'), entries: more(t) },
  ];
}

function completions({ why, enabled, language, isPaused }: MenuFacts, t: Translate): readonly Entry[] {
  const toggle = 'minnow.completion.toggle';
  const snooze = 'minnow.completion.snooze';
  const pauses: readonly Entry[] = [
    { icon: 'debug-pause', label: t('Pause for 5 minutes'), command: snooze, args: [5] },
    { icon: 'debug-pause', label: t('Pause for longer…'), command: snooze },
  ];
  const resume = { icon: 'play', label: t('Resume completions'), command: 'minnow.completion.resume' };
  return [
    { icon: 'question', label: t('Why no suggestion?'), description: why, command: 'minnow.completion.why' },
    ...(isPaused ? [resume] : enabled ? pauses : []),
    enabled
      ? { icon: 'circle-slash', label: t('Turn completions off'), command: toggle }
      : { icon: 'check', label: t('Turn completions on'), command: toggle },
    ...(language === undefined ? [] : [languageEntry(language, t)]),
  ];
}

function languageEntry({ id, isOn }: NonNullable<MenuFacts['language']>, t: Translate): Entry {
  const label = isOn ? t('Turn off for {0}', id) : t('Turn on for {0}', id);
  return { icon: 'code', label, command: 'minnow.completion.toggleLanguage' };
}

function models(
  { model, chatModel, lineMs, answerMs, reused, hasDownloads, isRemote }: MenuFacts,
  t: Translate,
): readonly Entry[] {
  const dashboard = 'minnow.dashboard.show';
  const share = reused === undefined ? '' : t('{0}% of tokens reused', percent(reused));
  return [
    { icon: 'package', label: t('Choose the model'), description: model, command: 'minnow.model.choose' },
    {
      icon: 'comment-discussion',
      label: t('Choose the model for chat and edits'),
      description: chatModel,
      command: 'minnow.model.chooseChat',
    },
    {
      icon: 'watch',
      label: t('Measure the speed'),
      description: speedOf(lineMs, answerMs, t),
      command: 'minnow.model.measureSpeed',
    },
    { icon: 'beaker', label: t('Measure on this workspace'), command: 'minnow.measure' },
    { icon: 'graph', label: t('Show the dashboard'), description: share, command: dashboard },
    ...(isRemote ? [{ icon: 'remote', label: t('Choose where models run'), command: 'minnow.remote.choose' }] : []),
    ...(hasDownloads
      ? [
          {
            icon: 'cloud-download',
            label: t('Downloads: pause or cancel'),
            command: 'minnow.model.showDownloads',
          },
        ]
      : []),
    { icon: 'debug-restart', label: t('Restart the model'), command: 'minnow.restart' },
  ];
}

function speedOf(lineMs: number | undefined, answerMs: number | undefined, t: Translate): string {
  if (lineMs !== undefined) return t('about {0} ms per line', String(Math.round(lineMs)));
  if (answerMs === undefined) return t('not measured yet');
  return t('suggestions took about {0} ms here', String(Math.round(answerMs)));
}

function more(t: Translate): readonly Entry[] {
  return [
    { icon: 'rocket', label: t('Get started'), command: 'minnow.getStarted' },
    { icon: 'globe', label: t('What went over the network'), command: 'minnow.network.showLedger' },
    { icon: 'output', label: t('Show the log'), command: 'minnow.showLog' },
    {
      icon: 'gear',
      label: t('Settings'),
      command: 'workbench.action.openSettings',
      args: ['@ext:minnow.minnow'],
    },
  ];
}

/** Never 100 where something was read. */
function percent(share: number): string {
  return String(Math.floor(share * 100));
}
