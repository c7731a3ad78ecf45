/** What other extensions get: the sample of the docs does with it what it says, and a stranger what it must not. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { MinnowAPI, MinnowExtension, MinnowStatus } from '../../../../src/api/minnow';
import { until } from '../../lib/until';
import { openText } from './minnow';

export const isError = (code: string) => (error: unknown) =>
  error instanceof Error &&
  error.name === 'MinnowError' &&
  'code' in error &&
  error.code === code &&
  error.message !== '';

export async function api(): Promise<MinnowAPI> {
  const extension = vscode.extensions.getExtension<MinnowExtension>('minnow.minnow');
  assert.ok(extension);
  return (await extension.activate()).getAPI(1);
}

/** A version and a request that the types do not know, as a program without types would ask. */
const untyped = (value: unknown): never => value as never;

export function describeApi(): void {
  describe('the API for other extensions', () => {
    const given = { languageId: 'javascript', before: 'function add(a, b) {\n  return ', after: ';\n}\n' };

    it('has versions', async () => {
      const extension = vscode.extensions.getExtension<MinnowExtension>('minnow.minnow');
      assert.throws(() => extension?.exports.getAPI(untyped(2)), isError('version'));
      assert.equal(await api(), await api());
    });

    it('completes a text, and says what the model is doing', async () => {
      const minnow = await api();
      const completion = await minnow.complete(given);
      assert.match(completion?.text ?? '', /a \+ b/);
      assert.equal(minnow.status.completion.state, 'ready');
      assert.notEqual(minnow.status.completion.model, '');
    });

    it('tells when the model sleeps or is loaded anew', async () => {
      const minnow = await api();
      const told: MinnowStatus[] = [];
      const listening = minnow.onDidChangeStatus((status) => told.push(status));
      await vscode.commands.executeCommand('minnow.restart');
      const isBack = () => (told.at(-1)?.completion.state === 'ready' ? true : undefined);
      await until(isBack, { timeout: 40_000, what: 'the model to be back' });
      listening.dispose();
      assert.ok(told.some(({ completion }) => completion.state === 'loading'));
      assert.ok(told.length < 10, JSON.stringify(told));
    });

    it('refuses what makes no sense, and ends what is cancelled', async () => {
      const minnow = await api();
      await assert.rejects(minnow.complete(untyped({ ...given, before: 7 })), isError('invalid'));
      await assert.rejects(minnow.chat({ messages: [] }), isError('invalid'));
      const messages = [{ role: 'user' as const, text: 'Why?' }];
      await assert.rejects(minnow.chat({ messages }, untyped('no function')), isError('invalid'));
      await assert.rejects(minnow.complete(given, untyped(new AbortController().signal)), isError('invalid'));
      await assert.rejects(minnow.complete({ ...given, after: ' '.repeat(1_000_001) }), isError('tooLong'));
      const source = new vscode.CancellationTokenSource();
      source.cancel();
      const isCancelled = (error: unknown) => error instanceof vscode.CancellationError;
      await assert.rejects(minnow.complete(given, source.token), isCancelled);
      await assert.rejects(
        minnow.chat({ messages: [{ role: 'user', text: 'Why?' }] }, undefined, source.token),
        isCancelled,
      );
    });

    it('answers many at the same time one after the other, and says when it is too many', async () => {
      const minnow = await api();
      const all = await Promise.allSettled(Array.from({ length: 12 }, () => minnow.complete(given)));
      const refused = all.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      assert.equal(refused.length, 4);
      assert.ok(refused.every(isError('busy')));
      assert.match((await minnow.complete(given))?.text ?? '', /a \+ b/);
    });

    it('is closed to all where the person says so, also to what goes on', async () => {
      const minnow = await api();
      const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('minnow');
      const again = async (): Promise<never> => {
        for (;;) await minnow.complete(given);
      };
      const asking = Promise.allSettled(Array.from({ length: 8 }, again));
      await settings().update('api.enabled', false, vscode.ConfigurationTarget.Global);
      try {
        for (const each of await asking) assert.ok(each.status === 'rejected' && isError('off')(each.reason));
        await assert.rejects(minnow.complete(given), isError('off'));
        await assert.rejects(minnow.chat({ messages: [{ role: 'user', text: 'Why?' }] }), isError('off'));
      } finally {
        await settings().update('api.enabled', undefined, vscode.ConfigurationTarget.Global);
      }
      assert.match((await minnow.complete(given))?.text ?? '', /a \+ b/);
    });

    it('chats, where a model is chosen for that', async () => {
      const minnow = await api();
      const asked = minnow.chat({
        messages: [{ role: 'user', text: 'Write one sentence about the sea.' }],
        maxTokens: 20,
      });
      if (minnow.status.chat === undefined) return assert.rejects(asked, isError('noModel'));
      const { text, end } = await asked;
      assert.match(text, /\w+ \w+/);
      assert.ok(['complete', 'length'].includes(end), end);
    });

    it('does what the sample of the docs shows', async () => {
      const editor = await openText('javascript', given.before);
      const text = await vscode.commands.executeCommand<string>('minnowSample.complete');
      assert.match(text, /a \+ b/);
      assert.equal(editor.document.getText(), given.before + text);
      if ((await api()).status.chat === undefined) return;
      editor.selection = new vscode.Selection(0, 0, 1, 0);
      assert.match(await vscode.commands.executeCommand<string>('minnowSample.ask'), /\w+ \w+/);
    });
  });
}
