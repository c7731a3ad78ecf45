/** A prompt file of a person's own: Markdown, with a description in its front matter, and `{{selection}}`, `{{file}}` and `{{input}}` in it. */

export interface PromptFile {
  /** What is typed behind the `/`. */
  readonly name: string;
  /** '' where it has none. */
  readonly description: string;
  readonly body: string;
}

/** What its placeholders stand for. The code itself is given as context, where it can be cut: here are the names of the places. */
export interface Filling {
  /** `src/basket.ts:3-20`; undefined when nothing is selected. */
  readonly selection: string | undefined;
  /** `src/basket.ts`; undefined when no file is open. */
  readonly file: string | undefined;
  readonly input: string;
}

const FRONT_MATTER = /^---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n|$)/m;
const PLACEHOLDER = /\{\{\s*(selection|file|input)\s*\}\}/g;

/** @param fileName without its folders */
export function parsePromptFile(fileName: string, text: string): PromptFile {
  const plain = text.replace(/^\uFEFF/, '');
  const front = plain.startsWith('---') ? FRONT_MATTER.exec(plain) : null;
  const [, written = ''] = /^description:[ \t]*(.*?)[ \t]*\r?$/m.exec(front?.[1] ?? '') ?? [];
  return {
    name: fileName.replace(/\.md$/i, ''),
    description: /^(["']).*\1$/.test(written) ? written.slice(1, -1) : written,
    body: plain.slice(front?.[0].length ?? 0).trim(),
  };
}

/** Whether a placeholder is in it. */
export function wants(body: string, name: keyof Filling): boolean {
  return Array.from(body.matchAll(PLACEHOLDER)).some(([, each]) => each === name);
}

/** The prompt. What the person wrote follows where no place was made for it. */
export function fillPrompt(body: string, filling: Filling): string {
  const filled = body.replace(PLACEHOLDER, (_, name: string) => {
    if (name === 'selection') return filling.selection ?? '(nothing is selected)';
    return name === 'file' ? (filling.file ?? '(no file is open)') : filling.input;
  });
  return wants(body, 'input') || filling.input === '' ? filled : `${filled}\n\n${filling.input}`;
}
