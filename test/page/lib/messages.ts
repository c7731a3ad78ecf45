/** Messages of the extension, with what a test does not care about filled in. */
import type { Answer, Exchange, ToPage } from '../../../media/messages';

export function answer(text: string, more: Partial<Answer> = {}): Answer {
  return { state: 'done', text, thought: '', notes: [], canContinue: false, ...more };
}

export function exchange(id: string, question: string, given: Answer): Exchange {
  return { id, question: { text: question, chips: [] }, answer: given };
}

export function conversation(...exchanges: readonly Exchange[]): ToPage {
  return { type: 'conversation', id: 'c1', title: 'Chat', exchanges, isBusy: false };
}

/** An answer that has grown to a text. */
export function grown(id: string, text: string): ToPage {
  return { type: 'grown', id, state: 'writing', text, thought: '' };
}

export const ready: ToPage = { type: 'model', model: { state: 'ready', name: 'Qwen3.5 0.8B' } };

/** Prose, lists, tables and code, about as many lines as asked for. */
export function longAnswer(lines: number): string {
  const parts: string[] = [];
  for (let count = 0, part = 0; count < lines; part++) {
    const code = Array.from(
      { length: 30 },
      (_, line) => `  const value${line} = compute(${part}, "text ${line}"); // step ${line}`,
    );
    const text = [
      `## Part ${part}`,
      '',
      `The **basket** holds \`items\` of part ${part}; see [the notes](docs/notes.md) for what is meant by it, and why it matters here.`,
      '',
      '- first: what goes in',
      '- second: what comes out',
      '',
      '```ts',
      `export function part${part}(): void {`,
      ...code,
      '}',
      '```',
      '',
    ];
    parts.push(...text);
    count += text.length;
  }
  return parts.slice(0, lines).join('\n');
}
