/** Files that usually hold secrets, told by name alone: one list for every feature. */

const NAMES: readonly RegExp[] = [
  /^\.env(\..+)?$/,
  /^\.?envrc$/,
  /\.(pem|key|p12|pfx|jks|keystore|kdbx|ppk|asc|gpg)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /^\.?(netrc|npmrc|pypirc|pgpass|htpasswd|git-credentials|dockercfg)$/,
  /^(credentials|secrets?)(\.(json|ya?ml|toml|ini|properties|txt))?$/,
  /^service[-_]?account.*\.json$/,
  /\.tfvars(\.json)?$/,
];
/** Samples of such files are made to be shown. */
const SAMPLES = /\.(example|sample|template|dist)$/;
const FOLDERS = /(^|\/)\.(ssh|aws|gnupg|kube)\//;

/** @param path with `/` or `\`; only its last parts are looked at */
export function isSecretFile(path: string): boolean {
  const normal = path.replaceAll('\\', '/').toLowerCase();
  const name = normal.slice(normal.lastIndexOf('/') + 1);
  if (SAMPLES.test(name)) return false;
  return FOLDERS.test(normal) || NAMES.some((pattern) => pattern.test(name));
}
