/** The user settings of the profiles. */

/** Nothing that pops up or goes to the network, and everything else as a new user has it. */
export const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** Besides: no list of suggestions that would take the keys meant for ghost text, no screen reader mode, nothing that fades in. */
export const testSettings = {
  ...quietSettings,
  'git.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.suggestOnTriggerCharacters': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.accessibilitySupport': 'off',
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off',
  'window.menuBarVisibility': 'classic',
  'workbench.reduceMotion': 'on',
};

/** Opens folders that nobody trusts yet, without a dialog in the way. */
export const restrictedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};
