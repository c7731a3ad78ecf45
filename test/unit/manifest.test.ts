/** package.json, its words and the code hold together. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCommandLine } from '../../server/commandLine';
import { nearest, rulesOf, wrongSentence } from '../../src/settingRules';
import { t } from '../support/scriptedClient';
import { root } from '../support/server';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const words: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'));
const code = readdirSync(path.join(root, 'src'), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(path.join('src', file)))
  .join('\n');
const commands: string[] = manifest.contributes.commands.map(({ command }: { command: string }) => command);
const settings: string[] = manifest.contributes.configuration.flatMap(({ properties }: { properties: object }) =>
  Object.keys(properties),
);

describe('manifest', () => {
  it('declares every command that the code registers, and no other', () => {
    const registered = Array.from(code.matchAll(/registerCommand\('([^']+)'/g), ([, name]) => name);
    assert.deepEqual(commands.toSorted(), registered.toSorted());
  });

  it('declares every setting that the code reads, and no other', () => {
    const used = new Set(Array.from(code.matchAll(/\bread\('([^']+)'\)/g), ([, name]) => `minnow.${name}`));
    assert.deepEqual(settings.toSorted(), [...used].toSorted());
  });

  it('describes every setting with a default', () => {
    for (const { properties } of manifest.contributes.configuration)
      for (const [name, setting] of Object.entries<Record<string, unknown>>(properties)) {
        assert.ok(setting.markdownDescription, name);
        assert.notEqual(setting.default, undefined, name);
      }
  });

  it('has no setting that VS Code reads from the remote machine only, for Minnow runs beside the person', () => {
    for (const { properties } of manifest.contributes.configuration)
      for (const [name, { scope, ignoreSync }] of Object.entries<Record<string, unknown>>(properties)) {
        assert.doesNotMatch(String(scope), /^machine/, name);
        // What one machine can do is not told another one.
        if (/^minnow\.(model|engine|power|download)\./.test(name))
          assert.deepEqual([scope, ignoreSync], ['application', true], name);
      }
  });

  it('declares each setting so that its default is allowed, and only its bounds are', () => {
    for (const [name, rule] of rulesOf(manifest)) {
      const { default: usual, minimum, maximum, type } = rule as Record<string, unknown>;
      assert.equal(wrongSentence(name, rule, usual, t), undefined, name);
      if (type === 'number' || type === 'integer')
        assert.deepEqual([nearest(rule, -1e9), nearest(rule, 1e9)], [minimum, maximum], name);
    }
  });

  it('allows of the engine nothing that its process would not take', () => {
    for (const [name, rule] of rulesOf(manifest)) {
      const flag = name.replace('minnow.engine.', '');
      const { enum: choices, default: usual, minimum = usual, maximum = usual } = rule as Record<string, unknown>;
      if (flag === name) continue;
      for (const value of Array.isArray(choices) ? choices : [minimum, maximum, usual])
        assert.deepEqual(readCommandLine([`--${flag}=${value}`]).warnings, [], name);
    }
  });

  it('lets a folder that is opened set nothing that names a file, an address, a model or a program, and weaken nothing unless it is trusted', () => {
    const ofFolders = ['completion', 'nextEdit', 'edit', 'chat'];
    const restricted: string[] = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    for (const [name, rule] of rulesOf(manifest)) {
      const { scope, type, ignoreSync } = rule as Record<string, unknown>;
      if (ofFolders.includes(name.split('.')[1] ?? ''))
        assert.deepEqual([scope, type === 'string'], [undefined, false], name);
      // Not `machine`: in a remote window such a setting is the remote machine's, wherever Minnow runs.
      else assert.equal(scope, 'application', name);
      if (scope === 'application' && !/^minnow\.(api|statistics)\./.test(name)) assert.equal(ignoreSync, true, name);
      if (type === 'string' && !('enum' in (rule as object))) assert.ok(restricted.includes(name), name);
    }
    for (const name of [
      'completion.secretFiles',
      'chat.instructions',
      'chat.history',
      'model.adapters',
      'engine.backend',
    ])
      assert.ok(restricted.includes(`minnow.${name}`), name);
  });

  it('leads from settings to commands and settings that exist, by the titles that they have', () => {
    for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) {
      const said: Readonly<Record<string, string>> = JSON.parse(read(file));
      const titles = new Map<string, string>(
        manifest.contributes.commands.map(({ command, title }: { command: string; title: string }) => [
          command,
          (said[title.slice(1, -1)] ?? '').replace(/…$/, ''),
        ]),
      );
      for (const [key, text] of Object.entries(said).filter(([key]) => key.startsWith('settings.'))) {
        for (const [, label, command = ''] of text.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\)/g))
          assert.equal(label, titles.get(command), `${file}: ${key}`);
        for (const [, name = ''] of text.matchAll(/`#([\w.]+)#`/g))
          assert.ok(settings.includes(name), `${file}: ${key}`);
        assert.doesNotMatch(text, /\*Minnow|"Minnow:/, `${file}: ${key} names a command, and does not lead to it`);
      }
    }
  });

  it('orders the groups of settings', () =>
    assert.deepEqual(
      manifest.contributes.configuration.map(({ order }: { order?: number }) => order),
      manifest.contributes.configuration.map((_: object, index: number) => index + 1),
    ));

  it('has a word for every key and a key for every word', () => {
    const used = new Set(Array.from(read('package.json').matchAll(/"%([\w.]+)%"/g), ([, key]) => key));
    assert.deepEqual(Object.keys(words).toSorted(), [...used].toSorted());
  });

  it('binds keys and menus to commands that exist', () => {
    const { keybindings, menus } = manifest.contributes;
    const submenus: string[] = manifest.contributes.submenus.map(({ id }: { id: string }) => id);
    const used: { command?: string; submenu?: string }[] = [...keybindings, ...Object.values<object[]>(menus).flat()];
    for (const { command, submenu } of used)
      if (submenu !== undefined) assert.ok(submenus.includes(submenu), submenu);
      else
        assert.ok(
          command !== undefined && (commands.includes(command) || command.startsWith('editor.action.')),
          command,
        );
  });

  it('asks for no context of ours that the code does not set, and for each that it sets', () => {
    const set = new Set(Array.from(code.matchAll(/'setContext', '([^']+)'/g), ([, key = '']) => key));
    const { keybindings, menus, walkthroughs } = manifest.contributes;
    const clauses = JSON.stringify([keybindings, menus, walkthroughs]).matchAll(/"(?:when":"|onContext:)([^"]*)"/g);
    const asked = Array.from(clauses, ([, clause = '']) => clause.match(/(?<![\w.])minnow\.[\w.]+/g) ?? []).flat();
    const views = manifest.contributes.views.minnow.map(({ id }: { id: string }) => id);
    assert.deepEqual([...new Set(asked)].filter((key) => !views.includes(key)).toSorted(), [...set].toSorted());
  });

  it('asks for settings in its conditions that it has', () => {
    const asked = JSON.stringify(manifest.contributes).matchAll(/\bconfig\.(minnow\.[\w.]+)/g);
    for (const [, name = ''] of asked) assert.ok(settings.includes(name), name);
  });

  it('hides from the palette what can do nothing', () => {
    const palette: { command: string; when: string }[] = manifest.contributes.menus.commandPalette;
    const when = (command: string): string | undefined => palette.find((row) => row.command === command)?.when;
    assert.equal(when('minnow.remote.choose'), 'remoteName && !isWeb');
    assert.equal(when('minnow.completion.resume'), 'minnow.completion.snoozed');
    assert.equal(when('minnow.completion.snooze'), 'config.minnow.completion.enabled');
    // Without the extension for git the count is not there: that is not the same as other than 0.
    assert.match(when('minnow.chat.commitMessage') ?? '', /gitOpenRepositoryCount > 0/);
  });

  it('has a category for every command', () => {
    for (const { command, category } of manifest.contributes.commands) assert.equal(category, 'Minnow', command);
  });

  it('binds no key that types a character with AltGr, which is Ctrl+Alt on Windows (ń on Polish keyboards)', () => {
    const { keybindings }: { keybindings: { key: string; win?: string; linux?: string }[] } = manifest.contributes;
    for (const { key, win, linux } of keybindings)
      for (const each of [key, win, linux]) assert.doesNotMatch(each ?? '', /^(?=.*\bctrl\b)(?=.*\balt\b).*\+.$/);
  });

  it('pins every dependency', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
      assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
  });
});
