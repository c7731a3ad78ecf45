import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { prepared } from '../../../../src/start/prepared';
import { root } from '../../../support/server';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const { contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8'));
const steps: readonly Step[] = contributes.walkthroughs[0].steps;
const commands: readonly string[] = contributes.commands.map(({ command }: { command: string }) => command);

describe('the prepared file', () => {
  it('has the cursor at the end of a line that waits for the rest', () => {
    const { text, line, character } = prepared((message) => message);
    const at = text.split('\n')[line] ?? '';
    assert.equal(at, '    ');
    assert.equal(at.length, character);
  });

  it('is code in any language of the interface', () => {
    const { text, line, character } = prepared(() => 'one */ line\r\nand another');
    assert.ok(
      text
        .split('\n')
        .slice(0, 4)
        .every((each) => each.startsWith('// ')),
    );
    assert.equal(text.split('\n')[line]?.length, character);
  });
});

describe('the walkthrough', () => {
  it('leads to commands that exist', () => {
    for (const { description } of steps)
      for (const [, command = ''] of (words[description.slice(1, -1)] ?? '').matchAll(/\(command:([\w.]+)/g))
        assert.ok(commands.includes(command) || command.startsWith('workbench.'), command);
  });

  it('has steps that can be completed, by what really happens', () => {
    for (const { completionEvents } of steps) {
      assert.ok(completionEvents.length > 0);
      for (const event of completionEvents) {
        const [kind, name = ''] = event.split(':');
        if (kind === 'onCommand') assert.ok(commands.includes(name), name);
        else assert.equal(event, 'onContext:minnow.completion.accepted');
      }
    }
  });

  it('has pictures with words, in the colours of the theme only', () => {
    for (const { media } of steps) {
      const file = path.join(root, media.svg);
      assert.ok(existsSync(file), media.svg);
      assert.ok((words[media.altText.slice(1, -1)] ?? '').length > 20, media.svg);
      const svg = readFileSync(file, 'utf8');
      for (const [, colour = ''] of svg.matchAll(/(?:fill|stroke)="([^"]+)"/g))
        assert.match(colour, /^(none|var\(--vscode-)/, media.svg);
      assert.doesNotMatch(svg, /<script|href=| style=/);
    }
  });
});
