/** Made-up keys of each form, put together here so that no scanner takes this file for a leak; and what only looks like one. */
import assert from 'node:assert/strict';
import { trimToKeyless } from '../../../server/completion/rules/trimToKeyless';
import { hasKey, keyEnd } from '../../../server/keys';
import { placeIn } from '../../support/cursor';

/** Letters and digits in no order. */
const noise = (length: number): string => 'q7Rb2XvK9mTz4LcW8nHs3JdF6pGy5AeU1oZi0BxN'.repeat(3).slice(0, length);
const hex = (length: number): string => '3f9a1c7e5b2d8046'.repeat(9).slice(0, length);
const upper = (length: number): string => 'Q7RB2XVK4MTZ5LCW'.repeat(2).slice(0, length);

const keys: readonly (readonly [what: string, line: string])[] = [
  ['AWS', `aws_id = "AKIA${upper(16)}"`],
  ['GitHub', `ghp_${noise(36)}`],
  ['GitHub, fine-grained', `github_pat_${noise(22)}_${noise(59)}`],
  ['GitLab', `glpat-${noise(20)}`],
  ['OpenAI', `const key = 'sk-${noise(40)}';`],
  ['OpenAI, of a project', `sk-proj-${noise(40)}`],
  ['Anthropic', `sk-ant-api03-${noise(60)}`],
  ['Stripe', `sk_live_${noise(24)}`],
  ['Slack', `xoxb-${'1'.repeat(12)}-${noise(24)}`],
  ['Slack, a webhook', `https://hooks.slack.com/services/T${upper(8)}/B${upper(8)}/${noise(24)}`],
  ['Google', `AIza${noise(35)}`],
  ['SendGrid', `SG.${noise(22)}.${noise(43)}`],
  ['npm', `//registry.npmjs.org/:_authToken=npm_${noise(36)}`],
  ['PyPI', `pypi-AgEIcHlwaS5vcmc${noise(60)}`],
  ['Shopify', `shpat_${hex(32)}`],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ['a private key of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['a JWT', `Bearer eyJ${noise(20)}.eyJ${noise(40)}.${noise(20)}`],
  ['a named secret', `  clientSecret: "${noise(32)}",`],
  ['a named token', `token = '${hex(40)}'`],
  ['with a type', `const API_KEY: string = "${noise(24)}";`],
  ['in an environment', `DB_PASSWORD=${noise(20)}`],
  ['in JSON', `  "api_key": "${noise(24)}",`],
  ['in YAML', `secret_key_base: ${hex(64)}`],
  ['in an address', `postgres://admin:${noise(16)}@db.example.com/app`],
];

const open: readonly string[] = [
  `"integrity": "sha512-${noise(86)}=="`,
  `const id = '550e8400-e29b-41d4-a716-446655440000';`,
  `const token = '550e8400-e29b-41d4-a716-446655440000';`,
  `commit ${hex(40)}`,
  `"resolved": "https://registry.npmjs.org/a/-/a-1.2.3.tgz#${hex(40)}"`,
  'color: #a1b2c3d4;',
  'const apiKey = process.env.API_KEY;',
  'const token = await getAccessToken2(user1, scope2);',
  "password: 'your-password-here',",
  "const tokenName = 'access_token_v2_name';",
  'const secretFiles = /^id_(rsa|dsa|ecdsa|ed25519)$/;',
  '.sk-fading-circle-animation-delay { top: 0 }',
  'const key = "ArrowLeft";',
  `<img src="data:image/png;base64,${noise(80)}">`,
  'postgres://localhost:5432/app',
  'https://user:password@example.com',
  'const accessKey = "{{ secrets.AWS_ACCESS_KEY_ID_01 }}";',
  '-----BEGIN PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----',
];

describe('what looks like a key', () => {
  for (const [what, line] of keys) it(`is seen: ${what}`, () => assert.ok(hasKey(`const a = 1;\n${line}\n`), line));
  for (const line of open) it(`is not: ${line.slice(0, 60)}`, () => assert.equal(keyEnd(line), -1, line));

  it('costs little on a line of 1 MB', () => {
    for (const text of ['a', 'a_', 'sk-a', 'key=', 'eyJa.', '"secret": ', '://a:', 'token=aB1']) {
      const started = process.cpuUsage();
      keyEnd(text.repeat(1_000_000 / text.length));
      assert.ok(process.cpuUsage(started).user < 200_000, text);
    }
  });
});

describe('trimToKeyless', () => {
  const line = `const a = "AKIA${upper(16)}";`;
  it('cuts before the line with a key', () => {
    assert.equal(trimToKeyless(`one();\n${line}\ntwo();`, placeIn('█')), 'one();');
    assert.equal(trimToKeyless('one();\ntwo();', placeIn('█')), 'one();\ntwo();');
  });
  it('leaves nothing of the own line, also where the key was begun or stands elsewhere', () => {
    assert.equal(trimToKeyless(`"AKIA${upper(16)}";`, placeIn('const a = █')), '');
    assert.equal(trimToKeyless(`${upper(16).slice(4)}";`, placeIn(`const a = "AKIA${upper(4)}█`)), '');
    assert.equal(trimToKeyless(line.slice(10), placeIn(`${line}\nconst a = █`)), '');
  });
  it('goes on behind a key that was typed', () => {
    assert.equal(trimToKeyless('\nnext();', placeIn(`${line}█`)), '\nnext();');
    assert.equal(trimToKeyless(';', placeIn(`${line.slice(0, -1)}█`)), ';');
  });
  it('sees a value in the line below its name', () => {
    assert.equal(trimToKeyless(`secret =\n  "${noise(32)}";`, placeIn('const █')), 'secret =');
  });
  it('is silent within a private key, and not behind it', () => {
    const begin = '-----BEGIN PRIVATE KEY-----\n';
    assert.equal(trimToKeyless(noise(60), placeIn(`${begin}MIIE█`)), '');
    assert.equal(trimToKeyless('next', placeIn(`${begin}MIIE\n-----END PRIVATE KEY-----\n█`)), 'next');
  });
});
