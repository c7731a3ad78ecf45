import assert from 'node:assert/strict';
import { isSecretFile } from '../../../../src/privacy/secretFiles';

const secret = `
.env .env.local .env.production app.env .ENV .envrc envrc server.pem tls.key cert.p12 store.jks release.keystore login.kdbx putty.ppk
secret.asc secret.gpg AuthKey_1.p8 server.crt ca.cer id_rsa id_dsa id_ecdsa id_ed25519 id_ed25519_sk .npmrc .yarnrc .yarnrc.yml .pypirc
.netrc _netrc .pgpass .my.cnf .htpasswd .git-credentials .dockercfg .s3cfg .boto .vault-token credentials credentials.json
Credentials.XML secret.yaml secrets.yml secrets.toml passwords.txt client_secret.json client_secrets_1.json service-account-prod.json
serviceAccount.json firebase-adminsdk-x.json prod.tfvars prod.tfvars.json terraform.tfstate terraform.tfstate.backup kubeconfig
prod.kubeconfig master.key credentials.yml.enc local.settings.json .terraformrc
/home/a/.ssh/config /home/a/.aws/config /home/a/.kube/config /home/a/.docker/config.json /home/a/.gnupg/x /home/a/.azure/x
/home/a/.config/gcloud/x C:\\Users\\A\\.AWS\\CREDENTIALS C:\\code\\app\\.Env.Local \\\\server\\share\\ID_RSA`;

const open = `
settings.json .vscode/settings.json package.json tsconfig.json config.json config.yaml app.config.js .env.example .env.sample .env.template
.env.example.local environment.ts env.ts dotenv.ts keys.ts key.ts monkey.py secretFiles.ts secrets.ts secret.go credentials.ts tokenizer.py
token.rs passwords.ts password.tsx id_rsa.ts keyboard.key.ts donkey Dockerfile docker-compose.yml main.tf variables.tf vault.go auth.py
.gitignore .minnowignore .editorconfig .dockerignore README.md LICENSE ssh/config aws/config kube/deployment.yaml docker/config.json
C:\\code\\settings.json /a/.github/workflows/ci.yml credentials.json.example keymap.json public.ts htaccess.md`;

const names = (table: string): string[] => table.trim().split(/\s+/);

describe('isSecretFile', () => {
  for (const name of names(secret)) it(`holds ${name} for secret`, () => assert.equal(isSecretFile(name), true));
  for (const name of names(open)) it(`holds ${name} for open`, () => assert.equal(isSecretFile(name), false));
});
