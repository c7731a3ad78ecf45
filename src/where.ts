/** On which machine Minnow runs where the files lie on another one. VS Code decides it, by its setting `remote.extensionKind`. */

/** `ui`: with the person. `workspace`: with the files. */
export type Kind = 'ui' | 'workspace';

/** The setting with our extension in it; undefined where it says so already. */
export function withKind(id: string, kind: Kind, before: unknown): Readonly<Record<string, unknown>> | undefined {
  const known = typeof before === 'object' && before !== null ? before : {};
  const said = Reflect.get(known, id);
  const isSaid = said === kind || (Array.isArray(said) && said[0] === kind);
  return isSaid ? undefined : { ...known, [id]: [kind] };
}
