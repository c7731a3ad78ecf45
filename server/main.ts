/** Entry of the server process: reads the command line, starts to load the model, and serves the window that started it. */
import path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { readCommandLine } from './commandLine';
import { Engine } from './engine';
import { LlamaLoader } from './llm/load';
import { lowerPriority } from './priority';
import { serve } from './server';
import { Syntax } from './syntax/syntax';

const MS_PER_MINUTE = 60_000;

const refused = lowerPriority(process.argv);
const { options, unloadAfterMinutes, warnings } = readCommandLine(process.argv.slice(2));
const connection = createConnection(ProposedFeatures.all);
const loader = new LlamaLoader({ ...options, log: (line) => connection.console.log(line) });
const engine = new Engine({
  model: options.name,
  load: (onPercent) => loader.load(onPercent),
  unloadAfterMs: unloadAfterMinutes * MS_PER_MINUTE,
});
serve(connection, engine, Syntax.create(path.join(__dirname, 'grammars')));
for (const warning of warnings) connection.console.warn(warning);
if (refused !== undefined) connection.console.warn(refused);
