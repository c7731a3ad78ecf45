/**
 * A real server process whose model is a script, slow enough to be cancelled: it answers with the prefix's last word in capitals, or with
 * what stands as a JSON string in the last `say "…"` before the cursor.
 */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { Engine } from '../../server/engine';
import { UserError } from '../../server/errors';
import { serve } from '../../server/server';
import { Syntax } from '../../server/syntax/syntax';
import { scriptedLlm } from './scriptedLlm';

const llm = scriptedLlm(
  ({ prefix, context }) => {
    if (prefix.endsWith('// CONTEXT'))
      return ` ${context?.length} FILES ${context?.map(({ path }) => path).join()}`.trim();
    const told = /say (".*")(?!.*say)/.exec(prefix)?.[1];
    return told === undefined ? (/\w+$/.exec(prefix)?.[0] ?? 'nothing').toUpperCase() : String(JSON.parse(told));
  },
  {},
  20,
);
const load = async (onPercent: (percent: number) => void) => {
  onPercent(50);
  await new Promise((resolve) => setTimeout(resolve, 100));
  if (process.argv.includes('--fail')) throw new UserError('outOfMemory', 'told to fail');
  if (process.argv.includes('--die')) process.exit(7);
  return llm;
};
serve(createConnection(ProposedFeatures.all), new Engine({ model: 'Scripted', load }), Syntax.create('nowhere'));
