// What of other people's code would bring a way to the network into a bundle that has no use for one is left out of it.

/** A module of this name, asked for by a file that fits, is left out: what is called of it throws. */
function leaveOut(name, rules) {
  return {
    name,
    setup: ({ onResolve, onLoad }) => {
      for (const { asked, by, names = [] } of rules)
        onResolve({ filter: asked }, ({ importer, path }) =>
          by.test(importer) ? { path, namespace: name, pluginData: names } : undefined,
        );
      onLoad({ filter: /.*/, namespace: name }, ({ path, pluginData: names }) => ({
        contents: names
          .map((each) => `export function ${each}() { throw new Error('${path} is not in this package'); }`)
          .join('\n'),
      }));
    },
  };
}

/** Of the server and the probe: the transports over sockets of vscode-jsonrpc, and a part of systeminformation that is never called. */
export const noNetwork = leaveOut('no-network', [
  { asked: /^(node:)?net$/, by: /[\\/]vscode-jsonrpc[\\/]/ },
  { asked: /^https?$/, by: /[\\/]systeminformation[\\/]/ },
]);

/** Of the engine: what downloads models, binaries and sources. */
export const noDownloads = leaveOut('no-downloads', [
  { asked: /^ipull$/, by: /[\\/]node-llama-cpp[\\/]/, names: ['downloadFile', 'downloadSequence', 'DownloadStatus'] },
  { asked: /^simple-git$/, by: /[\\/]node-llama-cpp[\\/]/, names: ['simpleGit'] },
]);

/** What asks the network and needs no import. */
export const GLOBALS = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection'];

/** Puts another name in the place of each of them, where it is bound to nothing. */
export function instead(name) {
  const hosts = ['', 'globalThis.', 'global.', 'window.', 'self.'];
  return Object.fromEntries(GLOBALS.flatMap((each) => hosts.map((host) => [host + each, name])));
}

/** Of the server, the probe and the engine: each call of one of them throws. */
export const noFetch = {
  define: instead('__noNetwork'),
  banner: "function __noNetwork() { throw new Error('Minnow has no network here.'); }",
};
