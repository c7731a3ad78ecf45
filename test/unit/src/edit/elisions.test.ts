import assert from 'node:assert/strict';
import { isElision } from '../../../../src/edit/elisions';

describe('isElision', () => {
  const elided = [
    '// ... existing code ...',
    '  // ...',
    '# ... rest of the function remains unchanged ...',
    '/* … existing code … */',
    '<!-- ... existing markup, the same as before ... -->',
    '    {/* ... existing code ... */}',
    '-- ... other columns ...',
    '// rest of the code remains unchanged',
    '# the rest of the file',
  ];
  const code = [
    '...',
    'f(...args);',
    '// counts the lines',
    '# loading ...',
    '// wait for it...',
    '',
    'rest of the code',
    '[...existing]',
  ];
  for (const line of elided) it(`is ${line.trim()}`, () => assert.ok(isElision(line)));
  for (const line of code) it(`is not "${line}"`, () => assert.ok(!isElision(line)));
});
