import assert from 'node:assert/strict';
import { promptPath } from '../../../server/context/promptPath';

describe('promptPath', () => {
  const folders = ['file:///work/app', 'file:///work/app%20two/'];
  const table: readonly (readonly [uri: string, language: string, wanted: string])[] = [
    ['file:///work/app/src/a.ts', 'typescript', 'src/a.ts'],
    ['file:///work/app%20two/b.py', 'python', 'b.py'],
    ['file:///work/application/c.go', 'go', 'c.go'],
    ['file:///c%3A/elsewhere/d.rs', 'rust', 'd.rs'],
    ['untitled:Untitled-1', 'python', 'Untitled-1.py'],
    ['untitled:Untitled-2', 'unheardof', 'Untitled-2'],
    ['vscode-notebook-cell:/work/app/n.ipynb#W0s', 'python', 'n.py'],
  ];
  for (const [uri, language, wanted] of table)
    it(`makes ${wanted} of ${uri}`, () => assert.equal(promptPath(uri, language, folders), wanted));
});
