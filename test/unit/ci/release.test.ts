import assert from 'node:assert/strict';
import { changelogProblem, channelProblem, linkProblem, staleProblem, tagProblems } from '../../../.ci/release.mjs';

describe('before a version is published', () => {
  it('its channel and its minor version belong together', () => {
    assert.equal(channelProblem('0.1.0', true), undefined);
    assert.equal(channelProblem('1.2.3', false), undefined);
    assert.match(String(channelProblem('0.1.0', false)), /say --pre-release/);
    assert.match(String(channelProblem('0.2.0', true)), /not one of the pre-release channel/);
    for (const version of ['1.0', '1.0.0-beta', 'v1.1.0', ''])
      assert.match(String(channelProblem(version, true)), /form/);
  });

  it('the changelog says what is new in it', () => {
    assert.equal(changelogProblem('# Changelog\n\n## 0.2.0\n\n- More.\n\n## 0.1.0\n\n- Some.\n', '0.2.0'), undefined);
    assert.equal(changelogProblem('# Changelog\r\n\r\n## 0.1.0 (2026-12-01)\r\n\r\n- Some.\r\n', '0.1.0'), undefined);
    assert.match(String(changelogProblem('# Changelog\n\n## 0.1.0\n\n- Some.\n', '0.2.0')), /begins with 0\.1\.0/);
    assert.match(String(changelogProblem('# Changelog\n\n## 0.2.0\n\n## 0.1.0\n\n- Some.\n', '0.2.0')), /says nothing/);
    assert.match(String(changelogProblem('# Changelog\n\n## 0.2.0\n', '0.2.0')), /says nothing/);
    assert.match(String(changelogProblem('', '0.2.0')), /begins with nothing/);
  });

  it('its commit has its tag, and all is committed', () => {
    assert.deepEqual(tagProblems({ tags: ['v0.1.0', ''], changes: '' }, '0.1.0'), []);
    assert.equal(tagProblems({ tags: [''], changes: ' M README.md\n' }, '0.1.0').length, 2);
    assert.equal(tagProblems({ tags: ['v0.1.0-rc'], changes: '' }, '0.1.0').length, 1);
  });

  it('its packages are made after the commit', () => {
    assert.equal(staleProblem(2, 1), undefined);
    assert.match(String(staleProblem(1, 2)), /older than the commit/);
  });

  it('its README leads nowhere that the marketplace cannot find', () => {
    assert.equal(
      linkProblem('![a](https://a.example/a.png) [keys](#keys) <img src="https://a.example/b.gif">'),
      undefined,
    );
    assert.match(String(linkProblem('![a](docs/a.png) [b](docs/b.md)')), /docs\/a\.png and 1 more/);
    assert.match(String(linkProblem('<img src="docs/a.gif">')), /docs\/a\.gif/);
  });
});
