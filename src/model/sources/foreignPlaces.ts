/** Where other programs keep their models. */
import path from 'node:path';

export const TOOLS = ['Hugging Face', 'llama.cpp', 'LM Studio', 'Ollama', 'Jan', 'GPT4All'] as const;
export type Tool = (typeof TOOLS)[number];

export interface Place {
  readonly tool: Tool;
  readonly folder: string;
}

export interface Here {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
}

/** Absolute folders, whether they exist or not. A program's own environment variable stands in for its usual places. */
export function placesOf(here: Here): readonly Place[] {
  const { join, isAbsolute } = here.platform === 'win32' ? path.win32 : path.posix;
  return TOOLS.flatMap((tool) => {
    const folders = foldersOf(tool, here, join).filter((folder) => isAbsolute(folder));
    return Array.from(new Set(folders), (folder) => ({ tool, folder }));
  });
}

function foldersOf(tool: Tool, { home, env, platform }: Here, join: (...parts: string[]) => string): readonly string[] {
  const inHome = (...parts: string[]) => join(home, ...parts);
  const cache = env.XDG_CACHE_HOME || inHome('.cache');
  const data = env.XDG_DATA_HOME || inHome('.local', 'share');
  const library = inHome('Library', 'Application Support');
  const local = env.LOCALAPPDATA || inHome('AppData', 'Local');
  const roaming = env.APPDATA || inHome('AppData', 'Roaming');
  const onThis = (mac: string, windows: string, other: string): string =>
    platform === 'darwin' ? mac : platform === 'win32' ? windows : other;
  switch (tool) {
    case 'Hugging Face': {
      const stated = env.HF_HUB_CACHE || env.HUGGINGFACE_HUB_CACHE || (env.HF_HOME && join(env.HF_HOME, 'hub'));
      return [stated || join(cache, 'huggingface', 'hub')];
    }
    case 'llama.cpp':
      return [
        env.LLAMA_CACHE ||
          onThis(inHome('Library', 'Caches', 'llama.cpp'), join(local, 'llama.cpp'), join(cache, 'llama.cpp')),
      ];
    case 'LM Studio':
      return [inHome('.lmstudio', 'models'), inHome('.cache', 'lm-studio', 'models')];
    case 'Ollama':
      // Where Ollama runs as a service of Linux, its models lie in the home of that service.
      return env.OLLAMA_MODELS
        ? [env.OLLAMA_MODELS]
        : [inHome('.ollama', 'models'), ...(platform === 'linux' ? ['/usr/share/ollama/.ollama/models'] : [])];
    case 'Jan': {
      const folder = onThis(join(library, 'Jan'), join(roaming, 'Jan'), join(data, 'Jan'));
      const models = join(folder, 'data', 'llamacpp', 'models');
      return [models, join(folder, 'data', 'models'), inHome('jan', 'llamacpp', 'models'), inHome('jan', 'models')];
    }
    case 'GPT4All':
      return [join(onThis(library, local, data), 'nomic.ai', 'GPT4All')];
  }
}
