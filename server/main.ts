/** Entry of the server process: reads the command line, starts to load the model, and serves the window that started it. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startEngine } from './engine';
import { type LlamaOptions, loadLlama } from './llm/llama';
import { serve } from './server';
import { Syntax } from './syntax/syntax';

const { values } = parseArgs({
  // The transport's own flags (--node-ipc, --stdio, --pipe) are read by createConnection.
  strict: false,
  options: {
    model: { type: 'string', default: '' },
    name: { type: 'string', default: 'model' },
    bytes: { type: 'string' },
    layout: { type: 'string', default: 'psm' },
    backend: { type: 'string', default: 'auto' },
    threads: { type: 'string', default: '0' },
    contextSize: { type: 'string', default: '0' },
    trainedOn: { type: 'string', default: '2048' },
  },
});

const connection = createConnection(ProposedFeatures.all);
const options: LlamaOptions = {
  name: String(values.name),
  file: String(values.model),
  ...(values.bytes === undefined ? {} : { bytes: Number(values.bytes) }),
  layout: values.layout === 'spm' ? 'spm' : 'psm',
  backend: backendOf(String(values.backend)),
  threads: Number(values.threads),
  contextSize: Number(values.contextSize) || Number(values.trainedOn),
  log: (line) => connection.console.log(line),
};
const engine = startEngine(options.name, (onPercent) => loadLlama(options, onPercent));
serve(connection, engine, Syntax.create(path.join(__dirname, 'grammars')));

function backendOf(text: string): LlamaOptions['backend'] {
  switch (text) {
    case 'cpu':
    case 'metal':
    case 'cuda':
    case 'vulkan':
      return text;
    default:
      return 'auto';
  }
}
