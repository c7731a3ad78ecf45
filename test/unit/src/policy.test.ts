import assert from 'node:assert/strict';
import { whyOff } from '../../../src/completion/policy';
import { isSecretFile } from '../../../src/secretFiles';

const settings = {
  enabled: true,
  languages: { '*': true, markdown: false },
  multiline: true,
  comments: true,
  secretFiles: false,
};

describe('whyOff', () => {
  it('is on for code, off for what the settings say', () => {
    assert.equal(whyOff({ languageId: 'rust', path: '/a.rs' }, settings), undefined);
    assert.equal(whyOff({ languageId: 'markdown', path: '/a.md' }, settings), 'language');
    assert.equal(whyOff({ languageId: 'rust', path: '/a.rs' }, { ...settings, enabled: false }), 'disabled');
    assert.equal(whyOff({ languageId: 'rust', path: '/a.rs' }, { ...settings, languages: { '*': false } }), 'language');
    assert.equal(
      whyOff({ languageId: 'rust', path: '/a.rs' }, { ...settings, languages: { '*': false, rust: true } }),
      undefined,
    );
    assert.equal(whyOff({ languageId: 'rust', path: '/a.rs' }, { ...settings, languages: {} }), undefined);
  });

  it('is off in secret files unless wanted there', () => {
    assert.equal(whyOff({ languageId: 'properties', path: '/a/.env' }, settings), 'secretFile');
    assert.equal(whyOff({ languageId: 'properties', path: '/a/.env' }, { ...settings, secretFiles: true }), undefined);
  });
});

describe('isSecretFile', () => {
  const secret = [
    '.env',
    '/a/.env.local',
    'C:\\a\\.ENV',
    'server.pem',
    'id_ed25519',
    '.npmrc',
    'credentials.json',
    '/home/a/.ssh/config',
    '/home/a/.aws/config',
    'prod.tfvars',
    'secrets.yaml',
    'service-account-prod.json',
  ];
  const open = [
    'settings.json',
    '.env.example',
    'environment.ts',
    'keys.ts',
    'monkey.py',
    'secretFiles.ts',
    'tokenizer.py',
    'id_rsa.ts',
    'package.json',
    'keyboard.key.ts',
  ];
  for (const name of secret) it(`holds ${name} for secret`, () => assert.equal(isSecretFile(name), true));
  for (const name of open) it(`holds ${name} for open`, () => assert.equal(isSecretFile(name), false));
});
