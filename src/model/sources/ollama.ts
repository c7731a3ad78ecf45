/** Manifests of Ollama: JSON whose layers name the parts of a model by their hashes. */
import { field, parseJson } from '../../json';

const MODEL = 'application/vnd.ollama.image.model';
/** What stands before the names of Ollama's own models. */
const OWN = ['registry.ollama.ai', 'library'];

/** @returns the name of the model's file among the blobs; undefined where the text is no manifest of a model */
export function manifestDigest(text: string | undefined): string | undefined {
  const layers = field(parseJson(text ?? ''), 'layers');
  if (!Array.isArray(layers)) return undefined;
  const digests = layers.flatMap((layer: unknown) =>
    field(layer, 'mediaType') === MODEL ? [field(layer, 'digest')] : [],
  );
  const digest = digests[0];
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest.replace(':', '-') : undefined;
}

/**
 * `qwen2.5-coder:1.5b`, and with its owner or its server where those are not Ollama.
 *
 * @param file relative to the folder of manifests
 */
export function manifestName(file: string): string {
  const parts = file.split(/[/\\]/);
  const tag = parts.pop() ?? '';
  while (parts.length > 1 && OWN.includes(parts[0] ?? '')) parts.shift();
  return `${parts.join('/')}:${tag}`;
}
