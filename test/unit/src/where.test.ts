import assert from 'node:assert/strict';
import { chooseWhere, type Kind, partOf, type Row, type WhereParts, withKind } from '../../../src/where';
import { t } from '../../support/scriptedClient';

const id = 'minnow.minnow';

describe('the setting that says where an extension runs', () => {
  it('keeps what is said of others', () => {
    assert.deepEqual(withKind(id, 'workspace', { 'a.b': ['ui'], [id]: ['ui'] }), {
      'a.b': ['ui'],
      [id]: ['workspace', 'ui'],
    });
    assert.deepEqual(withKind(id, 'ui', undefined), { [id]: ['ui', 'workspace'] });
    assert.deepEqual(withKind(id, 'ui', 'nonsense'), { [id]: ['ui', 'workspace'] });
  });

  it('says it once, whatever capitals a person has written', () =>
    assert.deepEqual(withKind(id, 'ui', { 'Minnow.Minnow': 'workspace' }), { [id]: ['ui', 'workspace'] }));

  it('is left alone where it says so already', () => {
    assert.equal(withKind(id, 'ui', { [id]: ['ui', 'workspace'] }), undefined);
    assert.notEqual(withKind(id, 'workspace', { [id]: ['ui', 'workspace'] }), undefined);
    assert.notEqual(withKind(id, 'workspace', { [id]: 'workspace' }), undefined);
  });
});

describe('choosing where models run', () => {
  function scripted({ picks, presses, ...more }: Partial<WhereParts> & { picks?: Kind; presses?: string }) {
    const done: unknown[] = [];
    const shown: Row[] = [];
    const parts: WhereParts = {
      id,
      hasTwoSides: true,
      now: 'ui',
      t,
      pick: async (rows) => {
        shown.push(...rows);
        return rows.find(({ place }) => place === picks);
      },
      read: () => ({ 'a.b': ['ui'] }),
      write: async (value) => void done.push(value),
      tell: async (sentence, ...buttons) => {
        done.push(sentence);
        return buttons.find((button) => button === presses);
      },
      complain: async (sentence) => void done.push(sentence),
      showExtension: async () => void done.push('the extension is shown'),
      reload: async () => void done.push('the window is loaded anew'),
      ...more,
    };
    return { done, shown, parts };
  }

  it('keeps it for the person, and loads the window anew when that is asked for', async () => {
    const { done, parts } = scripted({ picks: 'workspace', presses: 'Reload the Window' });
    await chooseWhere(parts);
    assert.deepEqual(done, [
      { 'a.b': ['ui'], [id]: ['workspace', 'ui'] },
      'Models will run on the remote machine once Minnow is installed there and the window is reloaded.',
      'the window is loaded anew',
    ]);
  });

  it('shows the extension, which the other side may not have', async () => {
    const { done, parts } = scripted({ now: 'workspace', picks: 'ui', presses: 'Show the Extension' });
    await chooseWhere(parts);
    assert.equal(done.at(-1), 'the extension is shown');
  });

  it('says where they run now, and asks for nothing more where that is chosen', async () => {
    const { done, shown, parts } = scripted({ now: 'workspace', picks: 'workspace' });
    await chooseWhere(parts);
    assert.deepEqual(
      shown.map(({ place, description }) => [place, description]),
      [
        ['ui', undefined],
        ['workspace', 'now'],
      ],
    );
    assert.deepEqual(done, [{ 'a.b': ['ui'], [id]: ['workspace', 'ui'] }, 'Models run on the remote machine.']);
  });

  it('changes nothing when nothing is chosen', async () => {
    const { done, parts } = scripted({});
    await chooseWhere(parts);
    assert.deepEqual(done, []);
  });

  it('asks nothing where there is one machine only, as in a browser: the other side would run nothing', async () => {
    const { done, shown, parts } = scripted({ hasTwoSides: false, picks: 'ui' });
    await chooseWhere(parts);
    assert.deepEqual(shown, []);
    assert.deepEqual(done, ['In this window there is one machine that can run models. There is nothing to choose.']);
  });

  it('says why where the settings cannot be written, and loads nothing anew', async () => {
    const write = (): Promise<void> => Promise.reject(new Error('The file has unsaved changes.'));
    const { done, parts } = scripted({ picks: 'workspace', presses: 'Reload the Window', write });
    await chooseWhere(parts);
    assert.deepEqual(done, ['The setting remote.extensionKind could not be saved. The file has unsaved changes.']);
  });
});

describe('what is remembered of machines', () => {
  it('is apart for each, and from what is remembered of the one that the person sits at', async () => {
    const kept = new Map<string, unknown>([['hardware', 'a laptop']]);
    const memory = {
      get: (key: string) => kept.get(key),
      update: async (key: string, to: unknown) => void kept.set(key, to),
    };
    const [one, other] = [partOf(memory, 'one'), partOf(memory, 'other')];
    await one.update('hardware', 'a large card');
    assert.deepEqual(
      [memory, one, other].map(({ get }) => get('hardware')),
      ['a laptop', 'a large card', undefined],
    );
  });
});
