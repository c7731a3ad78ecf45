type Files = ReadonlyMap<string, Buffer>;
export const needed: readonly string[];
export function problemsIn(files: Files, target: string, binaries: Files): readonly string[];
