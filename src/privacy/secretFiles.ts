/** Files that usually hold secrets, told by name alone: one list for every feature. */

const NAMES: readonly RegExp[] = [
  /^\.env(\..+)?$|\.env$/,
  /^\.?envrc$/,
  /\.(pem|key|p8|p12|pfx|jks|keystore|bks|kdbx?|ppk|asc|gpg|pgp|ovpn|mobileprovision|agekey|cer|crt|der|p7b)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  /^[._]?(netrc|npmrc|yarnrc|yarnrc\.yml|pypirc|pgpass|my\.cnf|htpasswd|htaccess|git-credentials|dockercfg|dockerconfigjson|s3cfg|boto|vault-token)$/,
  /^(credentials|secrets?|passwords?|vault)(\.(json|ya?ml|toml|ini|properties|txt|xml|env|enc|csv))?$/,
  /^client_?secrets?.*\.json$|^(service|gcp)[-_]?account.*\.json$|^(firebase|google)-?adminsdk.*\.json$/,
  /\.tfvars(\.json)?$|\.tfstate(\.\d*\.?backup|\.backup)?$/,
  /^(kubeconfig|.*\.kubeconfig)$/,
  /^(master\.key|credentials\.yml\.enc|local\.settings\.json|terraform\.rc|\.terraformrc)$/,
];
/** Samples of such files are made to be shown. */
const SAMPLES = /\.(example|sample|template|dist)(\.\w+)?$/;
const FOLDERS = /(^|\/)\.(ssh|aws|azure|gnupg|kube|docker|gcloud|password-store)\/|\/\.config\/gcloud\//;

/** @param path with `/` or `\`; only its last parts are looked at */
export function isSecretFile(path: string): boolean {
  const normal = path.replaceAll('\\', '/').toLowerCase();
  const name = normal.slice(normal.lastIndexOf('/') + 1);
  if (SAMPLES.test(name)) return false;
  return FOLDERS.test(normal) || NAMES.some((pattern) => pattern.test(name));
}
