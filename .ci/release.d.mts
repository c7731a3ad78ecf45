export function channelProblem(version: string, preRelease: boolean): string | undefined;
export function changelogProblem(changelog: string, version: string): string | undefined;
export function tagProblems(
  git: { readonly tags: readonly string[]; readonly changes: string },
  version: string,
): readonly string[];
export function staleProblem(madeAt: number, committedAt: number): string | undefined;
export function linkProblem(readme: string): string | undefined;
