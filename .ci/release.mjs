// What has to be so before a version is published. Each answers with a sentence where it is not, else with nothing.

/**
 * The marketplace knows no version names like 1.0.0-beta: by VS Code's convention the minor version is odd in the pre-release channel and even
 * in the other one. https://code.visualstudio.com/api/working-with-extensions/publishing-extension#prerelease-extensions
 */
export function channelProblem(version, preRelease) {
  const [, minor] = /^\d+\.(\d+)\.\d+$/.exec(version) ?? [];
  if (minor === undefined) return `The version ${version} is not of the form 1.2.3.`;
  const isOdd = Number(minor) % 2 === 1;
  if (isOdd === preRelease) return undefined;
  return isOdd
    ? `The version ${version} is one of the pre-release channel: say --pre-release, or make the minor version even.`
    : `The version ${version} is not one of the pre-release channel, whose minor versions are odd.`;
}

/** The newest entry is of this version, and says something. */
export function changelogProblem(changelog, version) {
  const [, newest, text] =
    /^## (\S+).*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog.replaceAll('\r\n', '\n')) ?? [];
  if (newest !== version) return `CHANGELOG.md begins with ${newest ?? 'nothing'} instead of ${version}.`;
  return text.trim() === '' ? `CHANGELOG.md says nothing about ${version}.` : undefined;
}

/** What is published can be found again: the commit has the version's tag, and nothing else lies in the folder. */
export function tagProblems({ tags, changes }, version) {
  return [
    ...(tags.includes(`v${version}`) ? [] : [`The commit has no tag v${version}: git tag v${version}`]),
    ...(changes.trim() === '' ? [] : ['There are changes that are not committed.']),
  ];
}

/** What is published is made from what is committed. @param madeAt @param committedAt times in milliseconds */
export function staleProblem(madeAt, committedAt) {
  return madeAt > committedAt ? undefined : 'It is older than the commit: npm run package:all';
}

/** On the marketplace a relative picture or link leads nowhere. */
export function linkProblem(readme) {
  const relative = [...readme.matchAll(/\]\((?!https:|#)([^)\s]+)/g), ...readme.matchAll(/src="(?!https:)([^"]+)"/g)];
  if (relative.length === 0) return undefined;
  return `README.md in the package leads to ${relative[0][1]} and ${relative.length - 1} more places that the marketplace cannot find: name the repository in package.json, and package it anew.`;
}
