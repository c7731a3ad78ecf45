/** What a model file says of chat: its template, its special tokens, and how texts become tokens. */
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { Vocabulary } from './layout';
import { brokenUp, type Markers, markersOf } from './markers';
import type { TemplateSource } from './template';

export interface ModelChat {
  readonly source: TemplateSource;
  readonly vocabulary: Vocabulary<Token>;
}

/** undefined when the model has no chat template, or is made for embeddings. */
export function readModelChat(model: LlamaModel): ModelChat | undefined {
  const { metadata } = model.fileInfo;
  const { chat_template: text } = metadata.tokenizer ?? {};
  if (typeof text !== 'string' || text.trim() === '' || embeds(model)) return undefined;
  const { tokens: texts, token_type: types } = metadata.tokenizer.ggml;
  const markers = markersOf(texts, types ?? [], text);
  const { bosString, eosString } = model.tokens;
  return {
    source: { text, bos: bosString ?? '', eos: eosString ?? '', markers: markers.all },
    vocabulary: vocabularyOf(model, markers),
  };
}

function vocabularyOf(model: LlamaModel, { stubborn }: Markers): Vocabulary<Token> {
  const { bos, shouldPrependBosToken } = model.tokens;
  // Vocabularies of SentencePiece would put a space before each piece.
  const inside = String(model.vocabularyType) === 'spm' ? 'trimLeadingSpace' : undefined;
  return {
    template: (text, isFirst) => model.tokenize(text, true, isFirst ? undefined : inside),
    data: (text) => brokenUp(text, stubborn).flatMap((piece) => model.tokenize(piece, false, inside)),
    ...(shouldPrependBosToken && bos !== null ? { begin: bos } : {}),
  };
}

/**
 * Turns what files say into tokens, none of which is special, for prompts without a template. The engine is told so, and obeys but for tokens
 * that a model's maker has added by hand: their texts are taken apart.
 */
export function plainTokens(model: LlamaModel): (text: string) => Token[] {
  const { tokens: texts, token_type: types } = model.fileInfo.metadata.tokenizer.ggml;
  const { stubborn } = markersOf(texts, types ?? [], '');
  return (text) => brokenUp(text, stubborn).flatMap((piece) => model.tokenize(piece));
}

/** Models for embeddings may have kept the template of the model that they were made of. */
export function embeds({ fileInfo: { metadata } }: LlamaModel): boolean {
  const own: unknown = Object.entries(metadata).find(([name]) => name === metadata.general.architecture)?.[1];
  return typeof own === 'object' && own !== null && 'pooling_type' in own && Number(own.pooling_type) > 0;
}
