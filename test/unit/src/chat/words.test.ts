/** Words of the interface stand where the editor's own tool for translators, `@vscode/l10n-dev`, finds them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../support/server';

describe('words of chat', () => {
  it('are given to vscode.l10n.t itself wherever the editor is known: the tool follows no other name', () => {
    const folder = path.join(root, 'src/chat');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const texts = files.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const);
    const withEditor = texts.filter(([, text]) => text.includes("import * as vscode from 'vscode'"));
    assert.ok(withEditor.length > 20);
    const hidden = withEditor.flatMap(([name, text]) => (/(?<!vscode\.l10n\.)\bt\(\s*['"`]/.test(text) ? [name] : []));
    assert.deepEqual(hidden, []);
  });
});
