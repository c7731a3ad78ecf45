// What the extension does not need at its start lies in files of its own beside it: the thread that all extensions share then reads, and
// compiles, less than half. test/e2e/startup.test.ts measures it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Packages that are loaded by `import()`, by the file that holds each. */
const LATER = { languageClient: 'vscode-languageclient/node', tar: 'tar' };
const MESSAGES = 'node_modules/vscode-jsonrpc/lib/common/messages.js';

/** What the doors take from the protocol's library. A progress type has nothing in it: it only says which values come. */
const DOOR_TYPES = `export { NotificationType, NotificationType0, RequestType, RequestType0 } from './${MESSAGES}';
export class ProgressType {}`;

/** By the name that esbuild gives each file. */
export const chunks = { ...LATER, messageTypes: `./${MESSAGES}` };

/**
 * The editor's API is asked for once and used as it is. esbuild would make a copy of it for each file that imports it with `* as`, hundreds of
 * properties a hundred times over, and the editor looks at each `require` who asks: together that was the half of our start.
 */
export const vscodeOnce = {
  name: 'vscode-once',
  setup: ({ onResolve, onLoad }) => {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path: file }) => ({
      contents: (await readFile(file, 'utf8')).replace(
        "import * as vscode from 'vscode';",
        "import vscode = require('vscode');",
      ),
      loader: 'ts',
    }));
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'once' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'once' },
    );
    onLoad({ filter: /.*/, namespace: 'once' }, () => ({ contents: "module.exports = require('vscode');" }));
  },
};

/**
 * Finds each chunk beside the file that asks for it. The classes of messages are a chunk too: the language client tells them apart by
 * identity, so it and the doors must have the same.
 */
export function apart(root) {
  const isIn = (file, folder) => !path.relative(path.join(root, folder), file).startsWith('..');
  const beside = (name) => ({ path: `./${name}.js`, external: true });
  return {
    name: 'apart',
    setup: ({ onResolve, onLoad }) => {
      for (const [name, asked] of Object.entries(LATER))
        onResolve({ filter: new RegExp(`^${asked}$`) }, ({ importer }) =>
          isIn(importer, 'src') ? beside(name) : undefined,
        );
      onResolve({ filter: /^vscode-languageserver-protocol$/ }, ({ importer }) =>
        isIn(importer, 'server') ? { path: 'types', namespace: 'doors' } : undefined,
      );
      onResolve({ filter: /messages(\.js)?$/ }, ({ path: asked, resolveDir, kind }) =>
        kind !== 'entry-point' &&
        path.resolve(resolveDir, asked).replace(/(\.js)?$/, '.js') === path.join(root, MESSAGES)
          ? beside('messageTypes')
          : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'doors' }, () => ({ contents: DOOR_TYPES, resolveDir: root }));
    },
  };
}
