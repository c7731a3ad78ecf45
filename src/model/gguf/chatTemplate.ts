/** The family of a chat template, told by the marks that it writes around each message. */
import type { ChatTemplate } from '../../../models/catalog';

/** The first of whose marks all are there: the marks of later families also stand in templates of the families before them. */
const MARKS: readonly (readonly [ChatTemplate, readonly string[]])[] = [
  ['harmony', ['<|start|>', '<|channel|>']],
  ['granite', ['<|start_of_role|>']],
  ['gemma', ['<start_of_turn>']],
  ['gemma', ['<|turn>']],
  ['llama3', ['<|start_header_id|>']],
  ['phi', ['<|im_sep|>']],
  ['chatml', ['<|im_start|>']],
  ['other', ['<<SYS>>']],
  ['mistral', ['[INST]']],
  ['phi', ['<|assistant|>', '<|end|>']],
];

/** @param template as the file has it, in Jinja */
export function familyOf(template: string): ChatTemplate {
  return MARKS.find(([, marks]) => marks.every((mark) => template.includes(mark)))?.[0] ?? 'other';
}
