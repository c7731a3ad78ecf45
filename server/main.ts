/** Entry of the server process: reads the command line, starts to load the model, and serves windows. */
import path from 'node:path';
import { readCommandLine } from './commandLine';
import { Engine } from './engine';
import { LlamaLoader } from './llm/load';
import { lowerPriority } from './priority';
import { Log } from './shared/log';
import { serveWindows } from './shared/serveWindows';
import { Syntax } from './syntax/syntax';

const MS_PER_MINUTE = 60_000;

const refused = lowerPriority(process.argv);
const { options, unloadAfterMinutes, warnings } = readCommandLine(process.argv.slice(2));
const log = new Log();
const loader = new LlamaLoader({ ...options, log: log.log });
const engine = new Engine({
  model: options.name,
  load: (onPercent) => loader.load(onPercent),
  unloadAfterMs: unloadAfterMinutes * MS_PER_MINUTE,
});
serveWindows({ engine, syntax: Syntax.create(path.join(__dirname, 'grammars')), log });
for (const warning of warnings) log.warn(warning);
if (refused !== undefined) log.warn(refused);
