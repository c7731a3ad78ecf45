export function spoken(
  root: string,
): Promise<{ readonly words: readonly string[]; readonly problems: readonly string[] }>;
export function spokenIn(
  root: string,
  sources: readonly { readonly file: string; readonly text: string }[],
): Promise<{ readonly words: readonly string[]; readonly problems: readonly string[] }>;
