/** The real server with the embedded model, as the extension starts it. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { embeddedModel } from '../../models/catalog';
import { type Launch, serverArgs, serverEnv } from '../../src/client/launch';
import { type ModelFile, packagedModel } from '../../src/client/modelFile';
import { LspClient, type Started } from './lspClient';

/** The repository's root: every test program lies somewhere below dist/. */
export const root = __dirname.slice(0, __dirname.lastIndexOf(`${path.sep}dist${path.sep}`));

export const embedded: ModelFile = packagedModel(root, embeddedModel);

/** A URI below the sample project's folder. */
export const uriOf = (file: string): string => pathToFileURL(path.join(root, 'sample', file)).href;

/** The settings' defaults, but for the backend: tests run on the processor unless they say otherwise. */
export const defaultLaunch: Launch = {
  backend: 'cpu',
  threads: 0,
  gpuLayers: -1,
  contextSize: 0,
  flashAttention: 'auto',
  kvCacheType: 'auto',
  memoryLock: false,
  unloadAfterMinutes: 0,
};

/** Starts the bundled server; `options` replaces what a test wants otherwise. */
export function startServer(
  options: Partial<Started> & { readonly modelFile?: ModelFile; readonly launch?: Partial<Launch> } = {},
): Promise<LspClient> {
  const { modelFile = embedded, launch, ...rest } = options;
  return LspClient.start({
    module: path.join(root, 'dist/server.js'),
    args: serverArgs(modelFile, { ...defaultLaunch, ...launch }),
    env: serverEnv,
    ...(launch?.execArgv === undefined ? {} : { execArgv: launch.execArgv }),
    folders: [uriOf('')],
    ...rest,
  });
}
