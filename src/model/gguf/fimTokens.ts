/** The tokens of fill-in-the-middle, found where the engine finds them: in the metadata, else by their texts. */
import type { ParsedHeader } from './headerParser';
import { countOf } from './metadata';

export interface FimTokens {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
  /** Stands between files; null in models that were not trained on whole repositories. */
  readonly separator: number | null;
}

type Part = keyof FimTokens;

/** The keys of the metadata, the newer first. */
const KEYS: Readonly<Record<Part, readonly string[]>> = {
  prefix: ['fim_pre_token_id', 'prefix_token_id'],
  suffix: ['fim_suf_token_id', 'suffix_token_id'],
  middle: ['fim_mid_token_id', 'middle_token_id'],
  separator: ['fim_sep_token_id'],
};

/** The texts that llama.cpp knows: Qwen, StarCoder 2, Granite, DeepSeek, Code Llama, GLM, Falcon H1. */
const TEXTS: Readonly<Record<Part, readonly string[]>> = {
  prefix: [
    '<|fim_prefix|>',
    '<fim-prefix>',
    '<fim_prefix>',
    '<｜fim▁begin｜>',
    '<PRE>',
    '▁<PRE>',
    '<|code_prefix|>',
    '<|prefix|>',
  ],
  suffix: [
    '<|fim_suffix|>',
    '<fim-suffix>',
    '<fim_suffix>',
    '<｜fim▁hole｜>',
    '<SUF>',
    '▁<SUF>',
    '<|code_suffix|>',
    '<|suffix|>',
  ],
  middle: [
    '<|fim_middle|>',
    '<fim-middle>',
    '<fim_middle>',
    '<｜fim▁end｜>',
    '<MID>',
    '▁<MID>',
    '<|code_middle|>',
    '<|middle|>',
  ],
  separator: ['<|file_sep|>'],
};

/** What the parser looks for in the vocabulary. */
export const FIM_TEXTS: ReadonlySet<string> = new Set(Object.values(TEXTS).flat());

/** @returns null when the model cannot fill in */
export function fimTokensOf(header: ParsedHeader): FimTokens | null {
  const [prefix, suffix, middle] = [find(header, 'prefix'), find(header, 'suffix'), find(header, 'middle')];
  if (prefix === undefined || suffix === undefined || middle === undefined) return null;
  return { prefix, suffix, middle, separator: find(header, 'separator') ?? null };
}

function find({ metadata, vocabulary, tokens }: ParsedHeader, part: Part): number | undefined {
  const ids = [
    ...KEYS[part].map((key) => countOf(metadata, `tokenizer.ggml.${key}`)),
    ...TEXTS[part].map((text) => tokens.get(text)),
  ];
  return ids.find((id) => id !== undefined && id < vocabulary);
}
