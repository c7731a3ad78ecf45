/** Files and folders that are dropped onto the page. Pure. */

/** The types that VS Code's explorer, its editors and the system's own file windows give. */
export const dropTypes = ['application/vnd.code.uri-list', 'resourceurls', 'codefiles', 'text/uri-list'] as const;

/** The URIs or paths, each once; `read` gives the data of a type, '' when there is none. */
export function droppedUris(read: (type: string) => string): readonly string[] {
  for (const type of dropTypes) {
    const data = read(type).trim();
    if (data === '') continue;
    const found = data.startsWith('[') ? stringsOf(data) : data.split(/\r?\n/).filter((line) => !line.startsWith('#'));
    const uris = found.map((uri) => uri.trim()).filter((uri) => uri !== '');
    if (uris.length > 0) return [...new Set(uris)];
  }
  return [];
}

function stringsOf(json: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
  } catch (error) {
    // Another program may give anything under these names.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
