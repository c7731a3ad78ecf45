import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { explained, SCHEMES, whyNotNow, whyOff } from '../../../src/completion/policy';
import { root } from '../../support/server';

const settings = {
  enabled: true,
  languages: { '*': true, markdown: false },
  multiline: true,
  comments: true,
  secretFiles: false,
};

describe('whyOff', () => {
  it('is on for code, off for what the settings say', () => {
    assert.equal(whyOff({ languageId: 'rust', path: '/a.rs', isClosed: false, isPaused: false }, settings), undefined);
    assert.equal(
      whyOff({ languageId: 'markdown', path: '/a.md', isClosed: false, isPaused: false }, settings),
      'language',
    );
    assert.equal(
      whyOff({ languageId: 'rust', path: '/a.rs', isClosed: false, isPaused: false }, { ...settings, enabled: false }),
      'disabled',
    );
    assert.equal(
      whyOff(
        { languageId: 'rust', path: '/a.rs', isClosed: false, isPaused: false },
        { ...settings, languages: { '*': false } },
      ),
      'language',
    );
    assert.equal(
      whyOff(
        { languageId: 'rust', path: '/a.rs', isClosed: false, isPaused: false },
        { ...settings, languages: { '*': false, rust: true } },
      ),
      undefined,
    );
    assert.equal(
      whyOff({ languageId: 'rust', path: '/a.rs', isClosed: false, isPaused: false }, { ...settings, languages: {} }),
      undefined,
    );
  });

  it('is off where a .minnowignore names the file, whatever is wanted in secret files', () => {
    const closed = { languageId: 'rust', path: '/a.rs', isClosed: true, isPaused: false };
    assert.equal(whyOff(closed, { ...settings, secretFiles: true }), 'minnowIgnored');
    assert.equal(whyOff(closed, { ...settings, enabled: false }), 'disabled');
  });

  it('is off in secret files unless wanted there', () => {
    assert.equal(
      whyOff({ languageId: 'properties', path: '/a/.env', isClosed: false, isPaused: false }, settings),
      'secretFile',
    );
    assert.equal(
      whyOff(
        { languageId: 'properties', path: '/a/.env', isClosed: false, isPaused: false },
        { ...settings, secretFiles: true },
      ),
      undefined,
    );
  });
});

describe('where ghost text may appear at all', () => {
  it('is in files, new documents, notebook cells and the commit box, not in output panels or old sides of a diff', () => {
    for (const scheme of ['file', 'untitled', 'vscode-notebook-cell', 'vscode-scm', 'vscode-remote', 'vscode-local'])
      assert.ok(
        SCHEMES.some((each) => each === scheme),
        scheme,
      );
    for (const scheme of ['output', 'git', 'debug', 'vscode-settings', 'comment'])
      assert.ok(!SCHEMES.some((each) => each === scheme), scheme);
  });

  it('is off in the commit box, in commit messages, markdown and plain text by default', () => {
    const { configuration } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).contributes;
    const languages = configuration[0].properties['minnow.completion.languages'].default;
    for (const languageId of ['scminput', 'git-commit', 'markdown', 'plaintext'])
      assert.equal(
        whyOff({ languageId, path: '/a', isClosed: false, isPaused: false }, { ...settings, languages }),
        'language',
        languageId,
      );
    assert.equal(
      whyOff({ languageId: 'typescript', path: '/a', isClosed: false, isPaused: false }, { ...settings, languages }),
      undefined,
    );
  });

  it('is not at a moment of several cursors or of undoing', () => {
    assert.equal(whyNotNow({ cursors: 2, undone: false }), 'severalCursors');
    assert.equal(whyNotNow({ cursors: 1, undone: true }), 'undo');
    assert.equal(whyNotNow({ cursors: 1, undone: false }), undefined);
  });
});

describe('why there is no suggestion', () => {
  const typed = (off?: 'language' | 'paused' | 'undo' | 'severalCursors') => ({ asked: false, off });

  it('is told by what holds now, whatever became of a request before', () => {
    assert.equal(explained('paused', typed()), 'paused');
    assert.equal(explained('language', undefined), 'language');
    assert.equal(explained('editor', undefined), 'editor');
  });

  it('is not told by what held then and does no more', () => {
    assert.equal(explained(undefined, typed('paused')), 'nothing');
    assert.equal(explained(undefined, typed('language')), 'nothing');
  });

  it('is told by the moment, and by how a request ended', () => {
    assert.equal(explained(undefined, typed('undo')), 'undo');
    assert.equal(explained(undefined, typed('severalCursors')), 'severalCursors');
    assert.equal(explained(undefined, typed()), 'outcome');
    assert.equal(explained(undefined, undefined), 'nothing');
  });

  it('is told by the answer where somebody asked by key, which goes through where completions are off', () => {
    assert.equal(explained('language', { asked: true, off: undefined }), 'outcome');
    assert.equal(explained('minnowIgnored', { asked: true, off: 'minnowIgnored' }), 'minnowIgnored');
  });
});
