/**
 * `npm run demo`: starts the server as an editor would, asks (as Alt+\\ does) for completions at a dozen places of the sample project, and prints what a
 * person would see. Exits with 1 when the model gave nothing at all.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { InlineCompletionTriggerKind } from 'vscode-languageserver-protocol';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { LspClient } from './support/lspClient';
import { root, startServer, uriOf } from './support/server';

interface Stop {
  readonly file: string;
  readonly language: string;
  /** The cursor goes behind the first place where this stands; the rest of that line is cut. */
  readonly after: string;
}

const stops: readonly Stop[] = [
  { file: 'src/point.ts', language: 'typescript', after: 'get y(): number {\n    ' },
  { file: 'src/point.ts', language: 'typescript', after: 'return new Point(this.x - ' },
  { file: 'src/point.ts', language: 'typescript', after: 'const to = places[i];\n    ' },
  { file: 'src/basket.js', language: 'javascript', after: 'for (const item of this.items) {\n      ' },
  { file: 'src/basket.js', language: 'javascript', after: 'this.items = ' },
  { file: 'tools/report.py', language: 'python', after: 'for rental in rentals:\n        total' },
  { file: 'tools/report.py', language: 'python', after: 'return {rental.boat for ' },
  { file: 'service/booking.go', language: 'go', after: 'if !ok {\n\t\t' },
  { file: 'service/Account.java', language: 'java', after: 'public int getBalance() {\n        ' },
  { file: 'service/Inventory.cs', language: 'csharp', after: 'int count)\n    {\n        counts[kind] = Count(kind)' },
  { file: 'native/matrix.cpp', language: 'cpp', after: 'columns() const {\n        ' },
  { file: 'native/tide.rs', language: 'rust', after: 'is_empty(&self) -> bool {\n        ' },
];

async function main(): Promise<void> {
  const started = performance.now();
  const client = await startServer();
  const status = await client.settled();
  if (status.state !== 'ready') throw new Error(`The model could not be started: ${JSON.stringify(status)}`);
  console.log(
    `${status.model} on ${status.backend}, ${status.threads} thread(s), ready after ${Math.round(performance.now() - started)} ms\n`,
  );
  let shown = 0;
  for (const stop of stops) if (await ask(client, stop)) shown++;
  await client.stop();
  console.log(`${shown} of ${stops.length} places got a suggestion.`);
  process.exitCode = shown > 0 ? 0 : 1;
}

async function ask(client: LspClient, { file, language, after }: Stop): Promise<boolean> {
  const uri = uriOf(file);
  const text = readFileSync(path.join(root, 'test/e2e/sample', file), 'utf8');
  const found = text.indexOf(after);
  if (found < 0) throw new Error(`${file} does not have: ${after}`);
  // What stands right of the cursor is for the model to write again.
  const cursor = found + after.length;
  const lineEnd = text.indexOf('\n', cursor);
  const document = TextDocument.create(uri, language, 1, text.slice(0, cursor) + text.slice(lineEnd));
  const position = document.positionAt(cursor);
  await client.open(uri, language, document.getText());
  const started = performance.now();
  const [item] = await client.ask(uri, position, { triggerKind: InlineCompletionTriggerKind.Invoked });
  const ms = Math.round(performance.now() - started);
  const cost = /(\d+) tokens read, \d+ reused, (\d+) written/.exec(client.logs.at(-1) ?? '');
  const line = document.getText({ start: { line: position.line, character: 0 }, end: position });
  console.log(`${file}:${position.line + 1}  ${ms} ms, ${cost?.[1] ?? '?'} tokens read, ${cost?.[2] ?? '?'} written`);
  console.log(
    `  ${line}\x1b[2m\x1b[3m${item === undefined ? '(nothing)' : String(item.insertText).replaceAll('\n', '\n  ')}\x1b[0m\n`,
  );
  return item !== undefined;
}

void main();
