/** Globs as settings have them. */

/** `*.{a,b}` becomes `*.a` and `*.b`: the editor does not know braces within braces. */
export function expandBraces(glob: string): string[] {
  const [whole, inner = ''] = /\{([^{}]*)\}/.exec(glob) ?? [];
  if (whole === undefined) return [glob];
  const at = glob.indexOf(whole);
  return inner
    .split(',')
    .flatMap((part) => expandBraces(`${glob.slice(0, at)}${part}${glob.slice(at + whole.length)}`));
}
