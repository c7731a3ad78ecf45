/**
 * Shows a text only as far as the model is sure of all of it: while the product of its tokens' probabilities stays above a floor. The product
 * tells far better than the mean, which hides one bad token among good ones, and it can only fall, so the cut is final while text streams.
 */
import type { DraftToken } from '../draft';

/** Joint probabilities, 0 to 1. */
export interface Floors {
  /** The least for lines that are shown whole. */
  readonly line: number;
  /** The least for a part of the first line. It promises less, so it must be surer to be worth a look. */
  readonly part: number;
}

/** A part of a line shorter than this is not worth a look, in UTF-16 code units. */
const SHORTEST_PART = 6;

/** @returns as many lines as are sure, else as many words of the first one, else nothing */
export function trimToConfidence(text: string, tokens: readonly DraftToken[], floors: Floors): string {
  const sure = sureLength(tokens, floors.line);
  if (sure >= text.length) return text;
  const line = text.slice(0, sure + 1).lastIndexOf('\n');
  if (text.slice(0, Math.max(0, line)).trim() !== '') return text.slice(0, line);
  const part = wholeWords(text, sureLength(tokens, floors.part));
  return part.trim().length < SHORTEST_PART ? '' : part;
}

/** How far the joint probability stays at or above the floor, in UTF-16 code units; infinite when it never falls below. */
export function sureLength(tokens: readonly DraftToken[], floor: number): number {
  let joint = 1;
  let sure = 0;
  for (const { end, probability } of tokens) {
    joint *= probability;
    if (joint < floor) return sure;
    sure = end;
  }
  return Number.POSITIVE_INFINITY;
}

/** The start of the text, without a word whose rest was not sure. */
function wholeWords(text: string, sure: number): string {
  const head = text.slice(0, sure);
  return /\w/.test(text[head.length] ?? '') ? head.replace(/\w+$/, '') : head;
}
