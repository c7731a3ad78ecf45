/** Completes a text that is no document, for others than the person who types: what is remembered of their typing stays as it is. */
import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { placeAt } from '../documents';
import type { EngineWindow } from '../engineWindow';
import type { Llm } from '../llm/llm';
import { type CompletedText, type CompleteTextParams, CompleteTextRequest, type Settings } from '../protocol';
import type { Syntax } from '../syntax/syntax';
import { told } from '../told';
import type { Draft } from './draft';
import { gate } from './gates';
import { Generator } from './generator';
import { isWhole, type TidyOptions, tidy } from './tidy';

export interface TextParts {
  readonly engine: EngineWindow;
  readonly settings: () => Settings;
  readonly syntax: Pick<Syntax, 'isSound' | 'statementEnd'>;
}

/** Requests that wait, in number. */
const MOST = 4;
const FOLDER = 'file:///given';

export function answerCompleteText(connection: Connection, { engine, ...parts }: TextParts): void {
  const newest = engine.newest(MOST);
  connection.onRequest(CompleteTextRequest, (params, token) =>
    told(token, (cancelled) => newest.use((llm, signal) => completeText(llm, params, parts, signal), cancelled)),
  );
}

/** @throws CancelledError when the signal is aborted, UserError when the engine fails for good */
export async function completeText(
  llm: Llm,
  { languageId, path, before, after }: CompleteTextParams,
  { settings, syntax }: Omit<TextParts, 'engine'>,
  signal: AbortSignal,
): Promise<CompletedText | null> {
  const uri = `${FOLDER}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const document = TextDocument.create(uri, languageId, 1, before + after);
  const place = placeAt(document, document.positionAt(before.length));
  const { multiline, without } = settings().completion;
  const options: TidyOptions = {
    multiline,
    floors: { line: 0, part: 0 },
    without: new Set(without),
    isSound: (insertion) => syntax.isSound(languageId, insertion),
    statementEnd: (insertion) => syntax.statementEnd(languageId, insertion),
  };
  const facts = { place, asked: true, bulkEdit: false, unwantedComment: false, without: options.without };
  if (gate({ ...facts, model: llm.facts }) !== undefined) return null;
  const generator = new Generator({ folders: () => [FOLDER], contextFor: () => [] });
  const whole = (draft: Draft): boolean => isWhole(draft, place, options);
  const { run } = await generator.say(
    llm,
    document,
    place,
    { firstRank: 0, paced: false, isWhole: whole, isEnough: whole },
    signal,
  );
  await run.until(() => false, signal);
  const tidied = tidy(run.draft, place, options);
  if ('silence' in tidied) return null;
  const { text, replace } = tidied.suggestion;
  return { text: text.replaceAll('\n', place.lineEnd), replaces: replace };
}
